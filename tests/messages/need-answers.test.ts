import { expect, it } from "vitest";
import { action as needOfThread } from "#app/routes/coordinate_.messages_.$thread_.need.tsx";
import { action as needOfCaller } from "#app/routes/coordinate_.posts_.new.tsx";
import { aCategory, aGroup, aMember, signedInAs } from "#tests/factories.ts";
import { askRoute } from "#tests/setup/ask-route.ts";
import { testCtx } from "#tests/setup/context.ts";
import { aThread } from "./rows.ts";

const ctx = testCtx();

/** The two forms with which a coordinator writes a need down for somebody else. */
const FORMS = {
  "of a caller": async () => ({ action: needOfCaller, path: "/coordinate/posts/new", params: {} }),
  "of a thread": async () => {
    const { id } = await aThread(ctx);
    return { action: needOfThread, path: `/coordinate/messages/${id}/need`, params: { thread: id } };
  },
};

it.each(Object.entries(FORMS))("a need %s asks once what its kind of thing asks, and keeps all", async (_of, open) => {
  const group = await aGroup(ctx);
  const category = await aCategory(ctx, group.id);
  const field = (key: string, type: string) => ({
    key,
    label: key,
    translations: {},
    type,
    weighs: "wish",
    several: true,
    options:
      type === "choice"
        ? [
            { key: "halal", label: "Halal", translations: {} },
            { key: "vegan", label: "Vegan", translations: {} },
          ]
        : [],
  });
  const fields = [field("diet", "choice"), field("floor", "number")];
  const [row] = await ctx.db
    .sql`update categories set fields = ${ctx.db.sql.json(fields as never)} where id = ${category.id}::uuid returning slug`;
  const lead = await signedInAs(ctx, await aMember(ctx, group.id, { role: "coordinator" }));
  const [named] = await ctx.db.sql`select slug from groups where id = ${group.id}::uuid`;
  const form = {
    what: `${named!["slug"]}/${row!["slug"]}`,
    title: `Dinner ${group.id}`,
    quantity: "2",
    when: "open",
    textLocale: "en",
    visibility: "volunteers",
    key: "one-key",
    heard: String(ctx.now.getTime()),
    agreed: "yes",
    phone: "",
  };
  const { action, ...at } = await open();
  const send = (more: Record<string, string> = {}) =>
    askRoute(ctx, action, { as: lead.person, ...at, form: { ...form, ...more } });
  const first = await send();
  expect(first.status).toBe(200);
  expect(await first.json()).toMatchObject({
    asks: true,
    values: { title: form.title },
    fields: [{ key: "diet" }, { key: "floor" }],
  });
  const wrong = await send({ asked: "diet floor", "answers.diet": "halal", "answers.floor": "high" });
  expect(wrong.status).toBe(422);
  expect(await wrong.json()).toMatchObject({
    errors: { "answers.floor": "fields.error.number" },
    answers: { diet: ["halal"] },
  });
  expect((await send({ asked: "diet floor", "answers.diet": "halal", "answers.floor": "3" })).status).toBe(303);
  const posts = await ctx.db.sql`select answers from posts where title = ${form.title}`;
  expect(posts).toEqual([{ answers: { diet: ["halal"], floor: ["3"] } }]);
});
