import { beforeEach, describe, expect, test } from "vitest";
import { signInCode } from "#app/people/sign-in-code.server.ts";
import { findSession } from "#app/people/find-session.server.ts";
import { action as confirm, loader as confirmPage } from "#app/routes/confirm.tsx";
import { action as exportFile } from "#app/routes/coordinate_.out_.file.ts";
import { action as actOnPerson } from "#app/routes/coordinate_.people_.$person.tsx";
import { action as actOnMember } from "#app/routes/groups.$slug_.members.tsx";
import { loader as myFile } from "#app/routes/me_.data_.file.ts";
import { action as deleteMe, loader as deletePage } from "#app/routes/me_.delete.tsx";
import { action as sendCode } from "#app/routes/sign-in.tsx";
import { aGroup, aMember, aPerson } from "#tests/factories.ts";
import { sessionOf } from "#tests/setup/ask-route.ts";
import { leadsTo, newBrowser } from "#tests/setup/plain-browser.ts";
import { testCtx } from "#tests/setup/context.ts";

const ctx = testCtx();
const MINUTE = 60_000;

async function aCoordinator(minutesAgo: number) {
  const group = await aGroup(ctx);
  const [coordinator, member] = [await aMember(ctx, group.id, { role: "coordinator" }), await aMember(ctx, group.id)];
  const browser = newBrowser(ctx);
  const token = await sessionOf(ctx, coordinator.id, new Date(Date.now() - minutesAgo * MINUTE));
  browser.cookies.set("sid", token);
  return { group, coordinator, member, browser, token };
}
type Scene = Awaited<ReturnType<typeof aCoordinator>>;

/** Everything that a session alone is not enough for: asking for it, where one goes on afterwards, and what is answered then. */
const GUARDED: Record<
  string,
  { ask: (scene: Scene) => Promise<Response>; to: (scene: Scene) => string; status: number }
> = {
  "my data as a file": {
    ask: ({ browser }) => browser.ask(myFile, "/me/data/file"),
    to: () => "/me/data",
    status: 200,
  },
  "the page to delete me": {
    ask: ({ browser }) => browser.ask(deletePage, "/me/delete"),
    to: () => "/me/delete",
    status: 200,
  },
  "deleting me": {
    ask: ({ browser }) => browser.ask(deleteMe, "/me/delete", { sure: "yes" }),
    to: () => "/me/delete",
    status: 303,
  },
  "a file of the group's posts": {
    ask: ({ browser, group }) =>
      browser.ask(exportFile, "/coordinate/out/file", {
        group: group.slug,
        which: "all",
        format: "json",
        contacts: "on",
        why: "delivery",
      }),
    to: ({ group }) => `/coordinate/out?group=${group.slug}&which=all&format=json&contacts=on&why=delivery`,
    status: 200,
  },
  ...Object.fromEntries(
    ["coordinator", "volunteer"].flatMap((role) => [
      [
        `making somebody ${role}, on their page`,
        {
          ask: ({ browser, group, member }: Scene) =>
            browser.ask(
              actOnPerson,
              `/coordinate/people/${member.id}?group=${group.slug}`,
              { act: role },
              { person: member.id },
            ),
          to: ({ group, member }: Scene) => `/coordinate/people/${member.id}?group=${group.slug}`,
          status: 303,
        },
      ],
      [
        `making somebody ${role}, in the list`,
        {
          ask: ({ browser, group, member }: Scene) => {
            const form = { do: role, person: member.id };
            return browser.ask(actOnMember, `/groups/${group.slug}/members`, form, { slug: group.slug });
          },
          to: ({ group }: Scene) => `/groups/${group.slug}/members`,
          status: 303,
        },
      ],
    ]),
  ),
};

/** All that could have been changed. */
const state = ({ group, coordinator }: Scene) => ctx.db.sql`
  select (select json_agg(m order by person_id) from memberships m where group_id = ${group.id}::uuid) as members,
    (select phone_lookup from people where id = ${coordinator.id}::uuid) as me,
    (select count(*)::int from events where group_id = ${group.id}::uuid) as events`;

describe.each(Object.entries(GUARDED))("%s", (_name, { ask, to, status }) => {
  test("asks somebody for a code who signed in ten minutes ago, and does nothing before", async () => {
    const scene = await aCoordinator(10);
    const before = [...(await state(scene))];
    expect(leadsTo(await ask(scene))).toBe(`303 /confirm?${new URLSearchParams({ to: to(scene) })}`);
    expect([...(await state(scene))]).toEqual(before);
  });

  test("does not ask who signed in nine minutes ago", async () => {
    const answer = await ask(await aCoordinator(9));
    expect(answer.status).toBe(status);
    expect(answer.headers.get("location") ?? "").not.toContain("/confirm");
  });
});

describe("confirming", () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await aCoordinator(30);
  });
  const PAGE = "/confirm?to=%2Fme%2Fdelete";
  const code = () => signInCode(ctx.seal, scene.browser.cookies.get("challenge")!);
  const isAlive = async (token: string) => (await findSession(ctx.db, token, new Date())) !== null;

  test("sends a code to one's own number, leads back, and leaves a new session alone", async () => {
    const { browser, token, coordinator } = scene;
    expect(await (await browser.ask(confirmPage, PAGE)).json()).toMatchObject({
      sentTo: null,
      hint: coordinator.phone.slice(-2),
    });
    expect(leadsTo(await browser.ask(confirm, PAGE, { act: "send" }))).toBe(`303 ${PAGE}`);
    expect(await (await browser.ask(confirmPage, PAGE)).json()).toMatchObject({ sentTo: coordinator.phone.slice(-2) });
    expect(leadsTo(await browser.ask(confirm, PAGE, { code: code() }))).toBe("303 /me/delete");
    expect(browser.cookies.get("sid")).not.toBe(token);
    expect([await isAlive(token), await isAlive(browser.cookies.get("sid")!)]).toEqual([false, true]);
    expect((await browser.ask(deletePage, "/me/delete")).status).toBe(200);
    expect(leadsTo(await browser.ask(confirmPage, PAGE))).toBe("303 /me/delete");
  });

  test("refuses a wrong code, and the old session goes on as it was", async () => {
    const { browser, token } = scene;
    await browser.ask(confirm, PAGE, { act: "send" });
    const wrong = String((Number(code()) + 1) % 1_000_000).padStart(6, "0");
    expect((await browser.ask(confirm, PAGE, { code: wrong })).status).toBe(422);
    expect(browser.cookies.get("sid")).toBe(token);
    expect(await isAlive(token)).toBe(true);
    expect(leadsTo(await browser.ask(deletePage, "/me/delete"))).toContain("/confirm");
  });

  test("refuses the code of somebody else's number", async () => {
    const { browser, token } = scene;
    const thief = newBrowser(ctx);
    await thief.ask(sendCode, "/sign-in", { phone: (await aPerson(ctx)).phone });
    browser.cookies.set("challenge", thief.cookies.get("challenge")!);
    expect((await browser.ask(confirm, PAGE, { code: code() })).status).toBe(422);
    expect(browser.cookies.get("sid")).toBe(token);
  });

  test("comes back to this site alone", async () => {
    const { browser } = scene;
    for (const to of ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"]) {
      const page = `/confirm?${new URLSearchParams({ to })}`;
      expect(leadsTo(await browser.ask(confirm, page, { act: "send" }))).toMatch(
        /^(303 \/confirm\?to=%2Fme|429 null)$/,
      );
    }
  });

  test("says how long to wait for another code, and asks for one by a button alone", async () => {
    const { browser } = scene;
    await browser.ask(confirm, PAGE, { act: "send" });
    const again = await browser.ask(confirm, PAGE, { act: "send" });
    expect([again.status, await again.json()]).toMatchObject([429, { errors: { send: "people.error.too_many" } }]);
    expect(await (await browser.ask(confirmPage, `${PAGE}&again=1`)).json()).toMatchObject({ sentTo: null });
  });
});
