import { describe, expect, test } from "vitest";
import type { Ctx } from "#app/core/ctx.ts";
import { fanOut } from "#app/notifications/fan-out.server.ts";
import { erasePerson } from "#app/mine/erase-person.server.ts";
import { findSession } from "#app/people/find-session.server.ts";
import { forgetSignIns } from "#app/people/forget-sign-ins.server.ts";
import { getSettings } from "#app/people/settings.server.ts";
import { signInCode } from "#app/people/sign-in-code.server.ts";
import { newPaper } from "#app/people/second-step/paper.server.ts";
import { takeNumberBack } from "#app/people/take-number-back.server.ts";
import { action as changeNumber, loader as numberPage } from "#app/routes/me_.number.tsx";
import { action as sendCode } from "#app/routes/sign-in.tsx";
import { action as checkCode } from "#app/routes/sign-in_.code.tsx";
import { loader as settingsPage } from "#app/routes/me_.settings.tsx";
import { aGroup, aMember, aPerson, aPhone, aPost, signedInAs, type MadePerson } from "#tests/factories.ts";
import { sessionOf } from "#tests/setup/ask-route.ts";
import { leadsTo, newBrowser } from "#tests/setup/plain-browser.ts";
import { testCtx } from "#tests/setup/context.ts";

const base = testCtx();
const HOUR = 3_600_000;
type Browser = ReturnType<typeof newBrowser>;

/** Time is the test's own, so that a day can pass; limits are proved elsewhere. */
function aClock() {
  let now = Date.now();
  return { now: () => new Date(now), pass: (ms: number) => void (now += ms) };
}
const at = (clock: ReturnType<typeof aClock>): Ctx => ({ ...base, now: clock.now() });

async function signedIn(clock: ReturnType<typeof aClock>, phone: string) {
  // A code asked for in the same moment as the one before could count as the older of the two.
  clock.pass(1000);
  const browser = newBrowser(base, { clock: clock.now, limits: "off" });
  await browser.ask(sendCode, "/sign-in", { phone });
  const code = signInCode(base.seal, browser.cookies.get("challenge")!);
  await browser.ask(checkCode, "/sign-in/code", { code });
  return browser;
}

const codeOf = ({ cookies }: Browser) => signInCode(base.seal, cookies.get("challenge")!);
const ask = (browser: Browser, phone: string) => browser.ask(changeNumber, "/me/number", { act: "send", phone });
const type = (browser: Browser, code = codeOf(browser)) => browser.ask(changeNumber, "/me/number?step=code", { code });
async function change(browser: Browser, phone: string) {
  expect(leadsTo(await ask(browser, phone))).toBe("303 /me/number?step=code");
  return type(browser);
}
const phoneOf = async (id: string) => (await getSettings(await signedInAs(base, { id }))).phone;
const isAlive = async (browser: Browser, clock: ReturnType<typeof aClock>) =>
  (await findSession(base.db, browser.cookies.get("sid") ?? "", clock.now())) !== null;
/** Who has this number now. */
const holderOf = async (phone: string) =>
  (
    await base.db.sql<{ id: string }[]>`select id from people where phone_lookup = ${base.seal.lookup("phone", phone)}`
  )[0]?.id;

async function aMove() {
  const clock = aClock();
  const group = await aGroup(base);
  const person = await aMember(base, group.id, { name: "Ana" });
  const browser = await signedIn(clock, person.phone);
  return { clock, group, person, browser, phone: aPhone() };
}

describe("another number", () => {
  test("is one's own after its code, with everything else as it was", async () => {
    const { browser, person, phone, group, clock } = await aMove();
    const post = await aPost(base, { authorId: person.id, groupId: group.id });
    expect(leadsTo(await change(browser, phone))).toBe("303 /me/settings?saved=number");
    expect(await phoneOf(person.id)).toBe(phone);
    expect(await holderOf(phone)).toBe(person.id);
    const { settings, saved } = await (await browser.ask(settingsPage, "/me/settings?saved=number")).json();
    expect([settings.name, settings.phone, saved]).toEqual(["Ana", phone, "number"]);
    const [kept] = await base.db.sql`select author_id from posts where id = ${post.id}::uuid`;
    expect(kept).toEqual({ author_id: person.id });
    expect((await signedInAs(base, person)).person.roles).toEqual({ [group.id]: "volunteer" });
    const anew = await signedIn(clock, phone);
    expect((await (await anew.ask(settingsPage, "/me/settings")).json()).settings.name).toBe("Ana");
  });

  test("is told at the old one, which now is nobody's, in the same language", async () => {
    const clock = aClock();
    const person = await aPerson(base, { locale: "es" });
    const browser = await signedIn(clock, person.phone);
    await change(browser, aPhone());
    const holder = await holderOf(person.phone);
    expect(holder).not.toBe(person.id);
    await fanOut(at(clock));
    const [text] = await base.db.sql<{ id: string; body: string; template: string }[]>`
      select id, body_sealed as body, template from outbox where person_id = ${holder!}::uuid`;
    expect(text!.template).toBe("number_changed");
    const words = base.seal.open(text!.body, { table: "outbox", column: "body_sealed", row: text!.id });
    expect(words).toMatch(/otro numero|otro número/);
    expect(words).toContain("/me/number");
    expect(
      await base.db.sql`select 1 from outbox where person_id = ${person.id}::uuid and template <> 'sign_in_code'`,
    ).toHaveLength(0);
  });

  test("signs other browsers out, and not this one", async () => {
    const { browser, person, phone, clock } = await aMove();
    const other = newBrowser(base, { clock: clock.now, limits: "off" });
    other.cookies.set("sid", await sessionOf(base, person.id));
    await change(browser, phone);
    expect([await isAlive(browser, clock), await isAlive(other, clock)]).toEqual([true, false]);
  });

  test("takes blocks along", async () => {
    const { browser, person, phone } = await aMove();
    await base.db
      .sql`insert into blocked_phones (phone_lookup, scope, created_at) values (${person.phoneLookup}, 'all', now())`;
    await change(browser, phone);
    const blocked = await base.db
      .sql`select scope from blocked_phones where phone_lookup = ${base.seal.lookup("phone", phone)}`;
    expect([...blocked]).toEqual([{ scope: "all" }]);
  });

  test.each<[string, (them: MadePerson, groupId: string) => Promise<unknown>]>([
    ["has a post", (them, groupId) => aPost(base, { authorId: them.id, groupId })],
    ["belongs to a group", (them, groupId) => aMember(base, groupId, { personId: them.id })],
    [
      "has a passkey",
      (them) => base.db.sql`insert into second_steps (id, person_id, kind, created_at)
        values (${crypto.randomUUID()}, ${them.id}::uuid, 'passkey', now())`,
    ],
    ["runs the installation", (them) => base.db.sql`update people set is_admin = true where id = ${them.id}::uuid`],
  ])("is refused, after its code, where its owner %s", async (_what, make) => {
    const { browser, person, group } = await aMove();
    const them = await aPerson(base, { accepted: false });
    await make(them, group.id);
    const refused = await change(browser, them.phone);
    expect([refused.status, (await refused.json()).errors]).toEqual([409, { phone: "people.number.taken" }]);
    expect([await phoneOf(person.id), await phoneOf(them.id)]).toEqual([person.phone, them.phone]);
  });

  test("is free for who signed in with it once and did nothing", async () => {
    const { browser, person, clock } = await aMove();
    const them = await aPerson(base, { accepted: false });
    const theirs = await signedIn(clock, them.phone);
    clock.pass(60_000);
    expect(leadsTo(await change(browser, them.phone))).toBe("303 /me/settings?saved=number");
    expect(await holderOf(them.phone)).toBe(person.id);
    expect(await isAlive(theirs, clock)).toBe(false);
  });

  test("needs the right code, of this browser, once; nothing changes before", async () => {
    const { browser, person, phone } = await aMove();
    await ask(browser, phone);
    const code = codeOf(browser);
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, "0");
    for (let n = 0; n < 5; n += 1) expect((await type(browser, wrong)).status).toBe(422);
    expect((await type(browser, code)).status).toBe(422);
    expect([await phoneOf(person.id), await holderOf(person.phone)]).toEqual([person.phone, person.id]);
  });

  test("cannot be one's own, or no number", async () => {
    const { browser, person } = await aMove();
    expect(await (await ask(browser, person.phone)).json()).toMatchObject({ errors: { phone: "people.number.same" } });
    expect(await (await ask(browser, "12")).json()).toMatchObject({ errors: { phone: "people.error.phone" } });
  });

  test("twenty right codes at once change it once", async () => {
    const { browser, person, phone } = await aMove();
    await ask(browser, phone);
    const code = codeOf(browser);
    const answers = await Promise.all(Array.from({ length: 20 }, () => type(browser, code)));
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(await base.db.sql`select 1 from number_changes where person_id = ${person.id}::uuid`).toHaveLength(1);
    expect(await phoneOf(person.id)).toBe(phone);
  });

  test("asks who signed in long ago for a code first", async () => {
    const { browser, clock, phone } = await aMove();
    clock.pass(HOUR);
    expect(leadsTo(await browser.ask(numberPage, "/me/number"))).toBe("303 /confirm?to=%2Fme%2Fnumber");
    expect(leadsTo(await ask(browser, phone))).toBe("303 /confirm?to=%2Fme%2Fnumber");
  });
});

describe("taking the old number back", () => {
  const takeBack = (browser: Browser) => browser.ask(changeNumber, "/me/number", { act: "take_back" });

  test("works for a day, for whoever has the old number, and signs everybody out", async () => {
    const { browser, person, phone, clock } = await aMove();
    await change(browser, phone);
    clock.pass(24 * HOUR - 60_000);
    const owner = await signedIn(clock, person.phone);
    const { moved } = await (await owner.ask(numberPage, "/me/number")).json();
    expect(moved.digits).toBe(phone.slice(-2));
    expect(leadsTo(await takeBack(owner))).toBe("303 /sign-in?to=%2Fme%2Fsettings");
    expect([await phoneOf(person.id), await holderOf(person.phone), await holderOf(phone)]).toEqual([
      person.phone,
      person.id,
      undefined,
    ]);
    expect([await isAlive(browser, clock), await isAlive(owner, clock)]).toEqual([false, false]);
    clock.pass(60_000);
    const back = await signedIn(clock, person.phone);
    expect((await (await back.ask(settingsPage, "/me/settings")).json()).settings.name).toBe("Ana");
  });

  test("is over after a day, and what is kept of it goes", async () => {
    const { browser, person, phone, clock } = await aMove();
    await change(browser, phone);
    clock.pass(24 * HOUR);
    const owner = await signedIn(clock, person.phone);
    expect((await (await owner.ask(numberPage, "/me/number")).json()).moved).toBeNull();
    expect((await takeBack(owner)).status).toBe(409);
    expect(await phoneOf(person.id)).toBe(phone);
    clock.pass(24 * HOUR + 1);
    await forgetSignIns(at(clock));
    expect(await base.db.sql`select 1 from number_changes where person_id = ${person.id}::uuid`).toHaveLength(0);
  });

  test("is for the old number alone", async () => {
    const { browser, person, phone, clock } = await aMove();
    await change(browser, phone);
    const stranger = await signedIn(clock, aPhone());
    expect((await takeBack(stranger)).status).toBe(409);
    expect((await takeBack(browser)).status).toBe(409);
    expect(await phoneOf(person.id)).toBe(phone);
  });

  test("also undoes what came after, so that a thief cannot take it from there", async () => {
    const { browser, person, clock } = await aMove();
    const [first, second] = [aPhone(), aPhone()];
    await change(browser, first);
    clock.pass(60_000);
    await change(browser, second);
    const owner = await signedIn(clock, person.phone);
    await takeBack(owner);
    const thief = await signedIn(clock, first);
    expect((await takeBack(thief)).status).toBe(409);
    expect([await phoneOf(person.id), await holderOf(second)]).toEqual([person.phone, undefined]);
  });

  test("takes away what the thief added to sign in with, and leaves what was there", async () => {
    const { browser, person, phone, clock } = await aMove();
    const paper = async () => (await newPaper(await signedInAs(at(clock), person)), clock.pass(60_000));
    const kinds = async () =>
      (await base.db.sql`select kind from second_steps where person_id = ${person.id}::uuid group by 1 order by 1`).map(
        ({ kind }) => kind as string,
      );
    await paper();
    await change(browser, phone);
    await base.db.sql`insert into second_steps (id, person_id, kind, created_at)
      values (${crypto.randomUUID()}, ${person.id}::uuid, 'passkey', ${clock.now()}::timestamptz)`;
    expect(await kinds()).toEqual(["paper", "passkey"]);
    await takeBack(await signedIn(clock, person.phone));
    expect(await kinds()).toEqual(["paper"]);
  });

  test("twenty at once take it back once", async () => {
    const { browser, person, phone, clock } = await aMove();
    await change(browser, phone);
    const ctx = await signedInAs(at(clock), { id: (await holderOf(person.phone))! });
    const all = await Promise.allSettled(Array.from({ length: 20 }, () => takeNumberBack(ctx)));
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await phoneOf(person.id)).toBe(person.phone);
  });
});

test("both are in the audit log, and the old number goes with whoever deletes everything", async () => {
  const { browser, person, phone, clock } = await aMove();
  await change(browser, phone);
  await erasePerson(await signedInAs(at(clock), person));
  expect([await holderOf(person.phone), await holderOf(phone)]).toEqual([undefined, undefined]);
  const [row] = await base.db.sql`
    select count(*)::int as n from (select what, actor_id from audit_inbox union all select what, actor_id from audit_log) a
    where what = 'person.number_changed' and actor_id = ${person.id}::uuid`;
  expect(row).toEqual({ n: 1 });
});
