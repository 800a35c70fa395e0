import { expect, it } from "vitest";
import { action } from "#app/routes/coordinate_.posts_.new.tsx";
import { aCategory, aGroup, aMember, signedInAs } from "#tests/factories.ts";
import { askRoute } from "#tests/setup/ask-route.ts";
import { testCtx } from "#tests/setup/context.ts";

const ctx = testCtx();

it("asks a caller once what the kind of thing asks, keeps what was typed, and writes the answers down", async () => {
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
    key: "caller-key-1",
    agreed: "yes",
    phone: "",
  };
  const send = (more: Record<string, string> = {}) =>
    askRoute(ctx, action, { as: lead.person, path: "/coordinate/posts/new", form: { ...form, ...more } });
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
