import { describe, expect, it } from "vitest";
import { readSettings, saveCategory } from "#app/groups/change-settings.server.ts";
import { acceptMember } from "#app/groups/accept-member.server.ts";
import { joinGroup } from "#app/groups/join-group.server.ts";
import { leaveGroup } from "#app/groups/leave-group.server.ts";
import { HabitsInput, type Habits } from "#app/groups/habits-input.ts";
import { fanOut } from "#app/notifications/fan-out.server.ts";
import { windowOf } from "#app/posts/new-post.server.ts";
import { publishPost } from "#app/posts/publish-post.server.ts";
import { action } from "#app/routes/coordinate_.settings.tsx";
import { changeHabits } from "#app/texting/change-habits.server.ts";
import { sendWaves } from "#app/waves/send-waves.server.ts";
import { localHour } from "#app/people/quiet-hours.ts";
import { homeZone } from "#app/core/time-zone.ts";
import type { Ctx } from "#app/core/ctx.ts";
import { aCategory, aGroup, aMember, aNewPost, aPerson, aPhone, signedInAs } from "#tests/factories.ts";
import { askRoute } from "#tests/setup/ask-route.ts";
import { testCtx } from "#tests/setup/context.ts";
import { aTextingPhone } from "../texting/phone.ts";

const ctx = testCtx();
const NONE: Habits = { quietFrom: null, quietTo: null, welcome: "", keywords: [], retentionDays: 30 };

async function room(given: Partial<Habits> = {}, group = {}) {
  const made = await aGroup(ctx, group);
  const coordinator = await signedInAs(ctx, await aMember(ctx, made.id, { role: "coordinator" }));
  const set = (habits: Partial<Habits>, locale: "en" | "es" | "ar" = "en") =>
    changeHabits(coordinator, made.id, { ...NONE, ...habits }, locale);
  await set(given);
  return { group: made, coordinator, set };
}

const need = (at: Ctx, groupId: string, given = {}) =>
  publishPost(
    at,
    aNewPost({
      kind: "need",
      groupId,
      title: "Soup",
      contact: { name: null, phone: aPhone(), email: null },
      ...given,
    }),
  );

const textsTo = async (personId: string) => {
  const rows = await ctx.db.sql<
    { id: string; template: string; body_sealed: string; not_before: Date; segments: number }[]
  >`
    select id, template, body_sealed, not_before, segments from outbox where person_id = ${personId}::uuid order by id`;
  return rows.map(({ id, body_sealed, ...row }) => ({
    ...row,
    body: ctx.seal.open(body_sealed, { table: "outbox", column: "body_sealed", row: id }),
  }));
};

const letter = (n: number) => String.fromCodePoint(97 + n);
/** A word no other test has. */
const aWord = () =>
  `kw${Array.from(crypto.randomUUID().replaceAll("-", "").slice(0, 10), (hex) => letter(Number.parseInt(hex, 16))).join("")}`;

describe("default times", () => {
  it("act where a need gives no time, not where it can wait, has a time, or is an offer", async () => {
    const { group, coordinator } = await room();
    const category = {
      id: "",
      name: "Soup",
      unit: "soups",
      unitOne: "soup",
      expiryDays: 14,
      visibility: "everyone" as const,
    };
    await saveCategory(coordinator, group.id, { ...category, neededWithinHours: 36 }, "en");
    const [made] = (await readSettings(coordinator, group.id, "en")).categories;
    expect(made!.neededWithinHours).toBe(36);
    const at = new Date(ctx.now.getTime() + 3_600_000);
    const windowEnd = async (given: object) => {
      const { id } = await need(ctx, group.id, { categoryId: made!.id, ...given });
      const [row] = await ctx.db.sql<
        { window_end: Date | null }[]
      >`select window_end from posts where id = ${id}::uuid`;
      return row!.window_end;
    };
    expect(await windowEnd({})).toEqual(new Date(ctx.now.getTime() + 36 * 3_600_000));
    expect(await windowEnd({ ...windowOf("need", "open", ctx.now) })).toBeNull();
    expect(await windowEnd({ windowEnd: at })).toEqual(at);
    expect(await windowEnd({ kind: "offer" })).toBeNull();
  });
});

describe("quiet hours of the group", () => {
  it("let nobody be asked before they are over, not even for urgent needs", async () => {
    const hour = localHour(ctx.now, homeZone());
    const { group } = await room({ quietFrom: hour, quietTo: (hour + 2) % 24 });
    const helper = await aMember(ctx, group.id, { urgentAtNight: true, timeZone: homeZone() });
    await need(ctx, group.id, { urgency: "urgent" });
    await fanOut(ctx);
    await sendWaves(ctx);
    const asks = () => ctx.db.sql`select from asks where person_id = ${helper.id}::uuid`;
    expect(await asks()).toHaveLength(0);
    const morning = { ...ctx, now: new Date(ctx.now.getTime() + 2 * 3_600_000) };
    await sendWaves(morning);
    expect(await asks()).toHaveLength(1);
    await fanOut(morning);
    const [text] = (await textsTo(helper.id)).filter(({ template }) => template === "new_need");
    expect(localHour(text!.not_before, homeZone())).toBe((hour + 2) % 24);
  });

  it("hold other alerts of the group, and leave what one asked for alone", async () => {
    const hour = localHour(ctx.now, homeZone());
    const { group, coordinator } = await room({ quietFrom: hour, quietTo: (hour + 2) % 24 }, { joining: "ask" });
    const asking = await signedInAs(ctx, await aPerson(ctx));
    await joinGroup(asking, { slug: group.slug });
    await acceptMember(coordinator, { groupId: group.id, personId: asking.person.id });
    await fanOut(ctx);
    const [asked] = await textsTo(coordinator.person.id);
    expect(asked!.template).toBe("join_asked");
    expect(localHour(asked!.not_before, homeZone())).toBe((hour + 2) % 24);
    const [joined] = await textsTo(asking.person.id);
    expect(joined).toMatchObject({ template: "joined", not_before: ctx.now });
  });
});

describe("the welcome", () => {
  it("is told once to who joins, by themselves or let in, in their language", async () => {
    const { group, set } = await room({ welcome: "We meet on Tuesdays at six. Bring a bowl." }, { name: "Kitchen" });
    await set({ welcome: "Nos vemos los martes." }, "es");
    const one = await signedInAs(ctx, await aPerson(ctx));
    const otra = await signedInAs(ctx, await aPerson(ctx, { locale: "es" }));
    await joinGroup(one, { slug: group.slug });
    await joinGroup(otra, { slug: group.slug });
    await fanOut(ctx);
    await leaveGroup(one, { slug: group.slug });
    await joinGroup(one, { slug: group.slug });
    await fanOut(ctx);
    expect(await textsTo(one.person.id)).toMatchObject([
      {
        template: "welcome",
        segments: 1,
        body: "Kitchen: you are in. We meet on Tuesdays at six. Bring a bowl. Reply STOP to stop texts.",
      },
    ]);
    expect((await textsTo(otra.person.id))[0]!.body).toContain("Kitchen: ya eres parte. Nos vemos los martes.");
  });

  it("is told again to who is let in again: they waited for it", async () => {
    const { group, coordinator } = await room({ welcome: "Bring a bowl." }, { name: "Kitchen", joining: "ask" });
    const one = await signedInAs(ctx, await aPerson(ctx));
    for (let time = 0; time < 2; time++) {
      await joinGroup(one, { slug: group.slug });
      await acceptMember(coordinator, { groupId: group.id, personId: one.person.id });
      await fanOut(ctx);
      await leaveGroup(one, { slug: group.slug });
    }
    expect((await textsTo(one.person.id)).map(({ template }) => template)).toEqual(["welcome", "welcome"]);
  });

  it("fits one segment in English however long it is, with the name and how to stop", async () => {
    const { group } = await room({ welcome: "w".repeat(100) }, { name: "The kitchen of the camp at Maple Park" });
    const one = await signedInAs(ctx, await aPerson(ctx));
    await joinGroup(one, { slug: group.slug });
    await fanOut(ctx);
    expect((await textsTo(one.person.id))[0]).toMatchObject({ template: "welcome", segments: 1 });
  });

  it("is nothing where the group says nothing of its own", async () => {
    const { group } = await room();
    const one = await signedInAs(ctx, await aPerson(ctx));
    await joinGroup(one, { slug: group.slug });
    await fanOut(ctx);
    expect(await textsTo(one.person.id)).toEqual([]);
  });
});

describe("the group's words", () => {
  it("lead to a need of the group: alone, and with what is needed behind them", async () => {
    const word = aWord();
    const { group } = await room({ keywords: [word.toUpperCase()] });
    const soup = await aCategory(ctx, group.id, { name: "Zupa", unit: "zupas", unitOne: "zupa" });
    const phone = aTextingPhone(ctx);
    expect(await phone.says(word)).toEqual([expect.stringContaining("What do you need?")]);
    expect(await phone.says("a listening ear")).toEqual([expect.stringContaining("How many")]);
    const other = aTextingPhone(ctx);
    expect(await other.says(`${word} 3 zupas`)).toEqual([expect.stringContaining("When do you need it?")]);
    await other.says("1");
    await other.says("Maple Park");
    await other.says("SEND");
    const [post] = await ctx.db.sql`
      select p.group_id, p.category_id, p.quantity from posts p join people a on a.id = p.author_id
       where a.phone_lookup = ${other.phoneLookup}`;
    expect(post).toEqual({ group_id: group.id, category_id: soup.id, quantity: 3 });
  });

  it("may not be what means something already, here or in another group", async () => {
    const word = aWord();
    const { coordinator } = await room({ keywords: [word] });
    const { set, group } = await room();
    for (const taken of ["stop", "STPO", "menu", "need", "necesito", "spanish", "yes", "two words", "ab", word])
      await expect(set({ keywords: [taken] }), taken).rejects.toMatchObject({ kind: "invalid-input" });
    await expect(changeHabits(coordinator, group.id, NONE, "en")).rejects.toMatchObject({ kind: "not-allowed" });
  });
});

describe("the form", () => {
  it("keeps what it was given, and says what is wrong", async () => {
    const { group, coordinator } = await room();
    const path = `/coordinate/settings?group=${group.slug}`;
    const form = {
      act: "habits",
      quietFrom: "22",
      quietTo: "7",
      welcome: "Hello",
      keywords: `${aWord()}, `,
      retentionDays: "45",
    };
    const sent = (given: object) =>
      askRoute(ctx, action, { as: coordinator.person, path, form: { ...form, ...given } });
    expect((await sent({})).status).toBe(303);
    expect((await readSettings(coordinator, group.id, "en")).habits).toMatchObject({
      quietFrom: 22,
      quietTo: 7,
      welcome: "Hello",
      retentionDays: 45,
    });
    const wrong = await sent({ keywords: "stop", welcome: "Bye" });
    expect(wrong.status).toBe(422);
    expect(await wrong.json()).toMatchObject({
      form: "habits",
      values: { welcome: "Bye" },
      errors: { keywords: "habits.error.keyword" },
    });
    expect(HabitsInput.safeParse({ ...form, quietTo: "" }).error!.issues[0]!.message).toBe("habits.error.hours");
    expect(HabitsInput.safeParse({ ...form, quietTo: "24" }).error!.issues[0]!.message).toBe("habits.error.hour");
    expect(HabitsInput.safeParse({ ...form, welcome: "Hi 🎉" }).error!.issues[0]!.message).toBe(
      "habits.error.pictures",
    );
  });
});
