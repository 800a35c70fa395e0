import { describe, expect, test } from "vitest";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { snapToGrid } from "#app/core/grid.ts";
import { recordConsent } from "#app/people/consent.server.ts";
import { parsePhone } from "#app/people/phone.server.ts";
import { signInCode } from "#app/people/sign-in-code.server.ts";
import { action as answerPost } from "#app/routes/needs.new.($step).tsx";
import { action as sendCode } from "#app/routes/sign-in.tsx";
import { action as checkCode, loader as codePage } from "#app/routes/sign-in_.code.tsx";
import { action as saveName } from "#app/routes/sign-in_.name.tsx";
import { action as signOut } from "#app/routes/sign-out.ts";
import { action as saveSettings, loader as settingsPage } from "#app/routes/me_.settings.tsx";
import { aGroup, aMember, aPerson, aPhone, type MadePerson } from "#tests/factories.ts";
import { leadsTo, newBrowser } from "#tests/setup/plain-browser.ts";
import { testCtx } from "#tests/setup/context.ts";

const ctx = testCtx();
const aBrowser = () => newBrowser(ctx);
type Asking = { browser: ReturnType<typeof newBrowser>; phone: string };
const codeFor = (challengeId: string) => signInCode(ctx.seal, challengeId);

async function signedIn(phone: string, url = "/sign-in?to=%2Fboard") {
  const browser = aBrowser();
  await browser.ask(sendCode, url, { phone });
  const code = codeFor(browser.cookies.get("challenge")!);
  const answer = await browser.ask(checkCode, "/sign-in/code?to=%2Fboard", { code });
  return { browser, answer };
}

describe("the pages of signing in", () => {
  test("lead from the number to the code, to the name, and on", async () => {
    const browser = aBrowser();
    const sent = await browser.ask(sendCode, "/sign-in?to=%2Fp%2F4F2K", { phone: aPhone() });
    expect(leadsTo(sent)).toBe("303 /sign-in/code?to=%2Fp%2F4F2K");
    expect((await (await browser.ask(codePage, "/sign-in/code?to=%2Fp%2F4F2K")).json()).hint).toMatch(/^\d\d$/);
    const code = codeFor(browser.cookies.get("challenge")!);
    const checked = await browser.ask(checkCode, "/sign-in/code?to=%2Fp%2F4F2K", { code });
    expect(leadsTo(checked)).toBe("303 /sign-in/name?to=%2Fp%2F4F2K");
    expect(browser.cookies.has("challenge")).toBe(false);
    expect(checked.headers.getSetCookie().find((line) => line.startsWith("sid="))).toMatch(/HttpOnly; SameSite=Lax/);
    const named = await browser.ask(saveName, "/sign-in/name?to=%2Fp%2F4F2K", { name: "Tess" });
    expect(leadsTo(named)).toBe("303 /p/4F2K");
  });

  test("somebody with a name goes straight on, and only to this site", async () => {
    const { answer } = await signedIn((await aPerson(ctx)).phone);
    expect(leadsTo(answer)).toBe("303 /board");
    const browser = aBrowser();
    const sent = await browser.ask(sendCode, "/sign-in?to=https%3A%2F%2Fevil.example", { phone: aPhone() });
    expect(leadsTo(sent)).toBe("303 /sign-in/code?to=%2Fme");
  });

  /** What a browser can see of an answer, but for the challenge's own value. */
  async function seen(answer: Response): Promise<string> {
    const headers = [...answer.headers].map(([name, value]) => `${name}: ${value.replace(/challenge=[^;]+/, "*")}`);
    return [answer.status, ...headers, await answer.text()].join("\n");
  }
  const setting = (column: string) => (id: string) =>
    ctx.db.sql`update people set ${ctx.db.sql(column)} = ${column === "is_admin" ? true : null} where id = ${id}::uuid`;

  test.each<[string, (person: MadePerson) => Promise<unknown>]>([
    ["somebody known", async () => null],
    ["somebody who never proved it", ({ id }) => setting("verified_at")(id)],
    ["an admin", ({ id }) => setting("is_admin")(id)],
    ["a coordinator", async ({ id }) => aMember(ctx, (await aGroup(ctx)).id, { personId: id, role: "coordinator" })],
    [
      "somebody blocked",
      ({ phoneLookup }) =>
        ctx.db.sql`insert into blocked_phones (phone_lookup, scope, created_at) values (${phoneLookup}, 'all', now())`,
    ],
    [
      "somebody who said STOP",
      ({ phoneLookup }) => recordConsent(ctx, { phoneLookup, action: "out", source: "keyword" }),
    ],
  ])("%s and an unknown number are answered alike at each step, byte for byte", async (_who, make) => {
    const known = await aPerson(ctx);
    await make(known);
    const unknown = `${aPhone().slice(0, -2)}${known.phone.slice(-2)}`;
    const [one, other] = [known.phone, unknown].map((phone) => ({
      browser: newBrowser(ctx, { limits: "off" }),
      phone,
    })) as [Asking, Asking];
    const steps: ((asking: Asking) => Promise<Response>)[] = [
      ({ browser, phone }) => browser.ask(sendCode, "/sign-in", { phone }),
      ({ browser }) => browser.ask(codePage, "/sign-in/code"),
      ({ browser }) => browser.ask(checkCode, "/sign-in/code", { code: "not it" }),
    ];
    for (const step of steps) expect(await seen(await step(one))).toBe(await seen(await step(other)));
  });

  test("a code does not work in another browser", async () => {
    const [mine, theirs] = [aBrowser(), aBrowser()];
    await mine.ask(sendCode, "/sign-in", { phone: aPhone() });
    const code = codeFor(mine.cookies.get("challenge")!);
    expect(leadsTo(await theirs.ask(checkCode, "/sign-in/code", { code }))).toBe("303 /sign-in?to=%2Fme");
    await theirs.ask(sendCode, "/sign-in", { phone: aPhone() });
    expect((await theirs.ask(checkCode, "/sign-in/code", { code })).status).toBe(422);
    expect(theirs.cookies.has("sid")).toBe(false);
  });

  test("a wrong number keeps what was typed; asking twice says to wait", async () => {
    const browser = aBrowser();
    const wrong = await browser.ask(sendCode, "/sign-in", { phone: "12" });
    expect([wrong.status, await wrong.json()]).toMatchObject([
      422,
      { values: { phone: "12" }, errors: { phone: "people.error.phone" } },
    ]);
    const phone = aPhone();
    await browser.ask(sendCode, "/sign-in", { phone });
    const again = await browser.ask(sendCode, "/sign-in", { phone });
    expect([again.status, await again.json()]).toMatchObject([429, { errors: { phone: "people.error.too_many" } }]);
  });

  test.each([
    ["+1 900 555 1234", "people.error.phone_costly"],
    ["+52 55 1234 5678", "people.error.phone_abroad"],
  ])("%s is not texted, and it says why, also for a post", async (phone, error) => {
    const browser = newBrowser(ctx, { countries: ["US", "CA"] });
    const people = async () =>
      (await ctx.db.sql`select 1 from people where phone_lookup = ${ctx.seal.lookup("phone", parsePhone(phone)!)}`)
        .length;
    const refused = await browser.ask(sendCode, "/sign-in", { phone });
    expect([refused.status, await refused.json()]).toMatchObject([
      422,
      { values: { phone }, errors: { phone: error } },
    ]);
    const reach = { phone, name: "", textLocale: "en" };
    const post = await browser.ask(answerPost, "/needs/new/reach", reach, { step: "reach" });
    expect([post.status, await post.json()]).toMatchObject([422, { errors: { phone: error } }]);
    expect(await people()).toBe(0);
  });

  test("an old session ends where a new one begins, and signing out ends it on the server", async () => {
    const person = await aPerson(ctx);
    const { browser } = await signedIn(person.phone);
    const token = browser.cookies.get("sid")!;
    expect((await browser.ask(settingsPage, "/me/settings")).status).toBe(200);
    expect(leadsTo(await browser.ask(signOut, "/sign-out", {}))).toBe("303 /");
    expect(browser.cookies.has("sid")).toBe(false);
    browser.cookies.set("sid", token);
    expect(leadsTo(await browser.ask(settingsPage, "/me/settings"))).toBe("303 /sign-in?to=%2Fme%2Fsettings");
  });
});

describe("the settings page", () => {
  test("saves a section, says so, and leaves the others alone", async () => {
    const { browser } = await signedIn((await aPerson(ctx, { name: "Ana", monthlyCap: 4 })).phone);
    const form = { section: "texts", quiet: "yes", quietFrom: "22", quietTo: "6", monthlyCap: "4" };
    expect(leadsTo(await browser.ask(saveSettings, "/me/settings", form))).toBe("303 /me/settings?saved=texts");
    const about = { section: "about", name: "Ana María", locale: "es" };
    await browser.ask(saveSettings, "/me/settings", about);
    expect(browser.cookies.get("lang")).toBe("es");
    const { settings, title } = await (await browser.ask(settingsPage, "/me/settings")).json();
    expect(settings).toMatchObject({ name: "Ana María", locale: "es", quietFrom: 22, quietTo: 6, monthlyCap: 4 });
    expect(title).toBe(textFor("es")("people.settings.title"));
  });

  test("saves where I am, what I speak and until when I rest, and shows it again", async () => {
    const { browser } = await signedIn((await aPerson(ctx)).phone);
    const save = async (form: Record<string, string>) => leadsTo(await browser.ask(saveSettings, "/me/settings", form));
    const shown = async () => (await (await browser.ask(settingsPage, "/me/settings")).json()).settings;
    expect(await save({ section: "area", place: "", spot: "٤٢.٣٤، -83.02" })).toBe("303 /me/settings?saved=area");
    expect((await shown()).area).toEqual(snapToGrid({ lat: 42.34, lng: -83.02 }));
    await save({ section: "area", place: "42.3, -83.1", spot: "" });
    expect((await shown()).area).toEqual(snapToGrid({ lat: 42.3, lng: -83.1 }));
    await save({ section: "area", place: "", spot: "" });
    expect((await shown()).area).toBeNull();
    await save({
      section: "about",
      name: "",
      locale: "en",
      "speaks-es": "yes",
      "speaks-ht": "yes",
      "speaks-en": "yes",
    });
    expect((await shown()).languages).toEqual(["es", "ht"]);
    const texts = { section: "texts", quietFrom: "22", quietTo: "6", monthlyCap: "" };
    await save({ ...texts, pausedUntil: "2999-01-31", urgentAtNight: "yes" });
    expect(await shown()).toMatchObject({ urgentAtNight: true, pausedUntil: "2999-01-31T05:00:00.000Z" });
    await save({ ...texts, pausedUntil: "" });
    expect(await shown()).toMatchObject({ urgentAtNight: false, pausedUntil: null });
  });

  test.each([
    [{ section: "area", place: "", spot: "91, 0" }, { spot: "people.error.spot" }],
    [{ section: "area", place: "", spot: "Maple Park" }, { spot: "people.error.spot" }],
    [
      { section: "texts", quietFrom: "1", quietTo: "2", monthlyCap: "", pausedUntil: "31/12" },
      { pausedUntil: "people.error.day" },
    ],
    [{ section: "about", name: "x".repeat(61), locale: "es" }, { name: "people.error.name" }],
    [{ section: "about", name: "x", locale: "xx" }, { locale: "people.error.locale" }],
    [
      { section: "texts", quietFrom: "25", quietTo: "x", monthlyCap: "-1" },
      { quietFrom: "people.error.hour", quietTo: "people.error.hour", monthlyCap: "people.error.cap" },
    ],
  ])("refuses %j and says what to mend", async (form, errors) => {
    const { browser } = await signedIn((await aPerson(ctx)).phone);
    const answer = await browser.ask(saveSettings, "/me/settings", form as Record<string, string>);
    expect([answer.status, await answer.json()]).toMatchObject([422, { errors, section: form.section }]);
  });
});
