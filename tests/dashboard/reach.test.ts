import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { claimPost } from "#app/claims/claim-post.server.ts";
import { fairnessFigures } from "#app/dashboard/fairness.server.ts";
import { medianAndP90 } from "#app/dashboard/kaplan-meier.ts";
import { listAreas } from "#app/dashboard/report/area-people.server.ts";
import { askRates, readPeople } from "#app/dashboard/report/area-people.ts";
import { supplyOf } from "#app/dashboard/report/reach-sheets.ts";
import { dashboardReport } from "#app/dashboard/report/report.server.ts";
import { timesOf } from "#app/dashboard/report/survival-tally.ts";
import { answerThread } from "#app/messages/answer-thread.server.ts";
import { relayText } from "#app/relay/relay-text.server.ts";
import { action as saveAreas, loader as areasPage } from "#app/routes/coordinate_.dashboard_.areas.tsx";
import { asking, posted, somebody, type Posted } from "#tests/claims/rows.ts";
import { aGroup, aMember, aPerson, aPost, signedInAs } from "#tests/factories.ts";
import { askRoute } from "#tests/setup/ask-route.ts";
import { testCtx } from "#tests/setup/context.ts";
import { coordinates, group, person, post, text } from "./rows.ts";

const now = new Date("2026-11-20T12:00:00Z");
const ctx = testCtx({ now, wakesNobody: true });
const { sql } = ctx.db;
const MINUTE = 60_000;
const ago = (hours: number, seconds = 0) => new Date(now.getTime() - hours * 60 * MINUTE + seconds * 1000);
const month = { from: ago(30 * 24), to: now };

async function scene() {
  const who = await person(ctx);
  const kitchen = await group(ctx);
  const viewer = { ...ctx, person: coordinates(who, kitchen) };
  return { who, kitchen, viewer, read: () => dashboardReport(viewer, { groupId: kitchen, ...month }) };
}
const heard = (postId: string, at: Date) =>
  sql`insert into first_words (post_id, at) values (${postId}::uuid, ${at}::timestamptz)`;

describe("times of what was counted before", () => {
  it("are those of the same durations one by one", () => {
    const tally = fc.record({ seconds: fc.nat(12), happened: fc.boolean(), count: fc.integer({ min: 1, max: 4 }) });
    fc.assert(
      fc.property(fc.array(tally, { maxLength: 40 }), (tallies) => {
        const spread = (happened: boolean) =>
          tallies
            .filter((one) => one.happened === happened)
            .flatMap(({ seconds, count }) => Array<number>(count).fill(seconds));
        const [happened, waiting] = [spread(true), spread(false)];
        expect(timesOf(tallies)).toEqual({
          of: happened.length + waiting.length,
          ...medianAndP90({ happened, waiting }),
        });
      }),
      { numRuns: 500 },
    );
  });
});

describe("time to a first word", () => {
  it("counts who has heard nothing for as long as they waited, by hand", async () => {
    const { who, kitchen, read } = await scene();
    const need = (hours: number, given = {}) => post(ctx, who, kitchen, { created_at: ago(hours), ...given });
    await heard(await need(50), ago(49)); // 1 hour
    await heard(await need(50), ago(44)); // 6 hours
    await heard(await need(60), ago(20)); // 40 hours
    await need(30); // silent for 30 hours
    await need(90, { status: "closed", closed_reason: "expired", closed_at: ago(86) }); // silent for 4 hours
    const late = await need(90, { status: "closed", closed_reason: "fulfilled", closed_at: ago(87) }); // silent for 3 hours
    await heard(late, ago(80));
    const offer = await post(ctx, who, kitchen, { kind: "offer", created_at: ago(5) });
    await heard(offer, ago(4));
    await heard(await need(5, { status: "closed", closed_reason: "declined", closed_at: ago(1) }), ago(4));
    await heard(await need(31 * 24), ago(4));
    await heard(await post(ctx, who, await group(ctx), { created_at: ago(5) }), ago(4));
    // S(1 h) = 5/6, S(6 h) = 5/6 · 2/3 = 5/9 (3 and 4 h are gone), S(40 h) = 0: only one is watched that long.
    expect((await read()).firstWord).toEqual({ of: 6, median: 40 * 3600, p90: 40 * 3600 });
  });

  it("begins with a helper's words, a note on a promise, a coordinator's answer or a call; not with a promise alone", async () => {
    const made = await aGroup(ctx);
    const coordinator = await signedInAs(ctx, await aMember(ctx, made.id, { role: "coordinator" }));
    const helper = await somebody(ctx);
    const author = await aPerson(ctx);
    const needs: Posted[] = [];
    for (let n = 0; n < 3; n += 1) needs.push(await posted(ctx, { groupId: made.id }));
    needs.push(await posted(ctx, { groupId: made.id, authorId: author.id }));
    const [silent, noted, talked, answered] = needs as [Posted, Posted, Posted, Posted];
    await claimPost(helper, asking(silent.code));
    await claimPost(helper, asking(noted.code, { note: "I come at six." }));
    const claim = await claimPost(helper, asking(talked.code));
    const heardOf = async () =>
      (await sql`select post_id from first_words where post_id = any(${needs.map(({ id }) => id)}::uuid[])`).map(
        (row) => row["post_id"],
      );
    expect(await heardOf()).toEqual([noted.id]);
    const say = (personId: string, sayKey: string) =>
      relayText(ctx, { personId, code: null, toNumber: null, claimId: claim.id, words: "Is there a bell?", sayKey });
    const authorOf = async (id: string) =>
      (await sql`select author_id from posts where id = ${id}::uuid`)[0]!["author_id"];
    await say(await authorOf(talked.id), "a");
    expect(await heardOf(), "the author's own words are not theirs to hear").toEqual([noted.id]);
    expect((await say(helper.person.id, "b")).kind).toBe("sent");
    expect(new Set(await heardOf())).toEqual(new Set([noted.id, talked.id]));

    const { phone, phoneLookup, id: authorId } = author;
    const sealed = ctx.seal.seal(phone, { table: "text_threads", column: "phone_sealed", row: phoneLookup });
    const row = {
      phone_lookup: phoneLookup,
      phone_sealed: sealed,
      person_id: authorId,
      group_id: made.id,
      last_heard_at: now,
      updated_at: now,
    };
    const [thread] = await sql<{ id: string }[]>`insert into text_threads ${sql(row)} returning id`;
    const given = { threadId: thread!.id, words: "We are on it.", key: "k", answers: 0, heardUntil: now };
    expect((await answerThread(coordinator, given)).kind).toBe("sent");
    expect(new Set(await heardOf())).toEqual(new Set([noted.id, talked.id, answered.id]));
    const called = await aPost(coordinator, { groupId: made.id, enteredBy: coordinator.person.id });
    expect(await sql`select at from first_words where post_id = ${called.id}::uuid`).toEqual([{ at: now }]);
  });
});

describe("how fast texts go", () => {
  it("is from when one might go until it was handed over, and until it arrived", async () => {
    const { who, kitchen, read } = await scene();
    const one = (given: Record<string, string | Date>) =>
      text(ctx, who, kitchen, { created_at: ago(10), not_before: ago(10), ...given });
    await one({ state: "delivered", submit_started_at: ago(10, 4), done_at: ago(10, 10) }); // 4 s here, 6 s there
    await one({ state: "delivered", not_before: ago(2), submit_started_at: ago(2, 9), done_at: ago(2, 10) }); // kept for the morning: 9 s, 1 s
    await one({ state: "sent", submit_started_at: ago(10, 2) }); // 2 s; nothing heard for 10 hours
    await one({ state: "failed", submit_started_at: ago(10, 3), done_at: ago(10, 6) }); // 3 s; failed after 3 s
    await one({ state: "queued", not_before: ago(1) }); // waits for an hour
    await one({ state: "queued", not_before: ago(-8) }); // may not go yet
    await one({ state: "suppressed" });
    const { ours, theirs } = (await read()).textTimes;
    expect(ours).toEqual({ of: 5, median: 4, p90: null });
    // S(1 s) = 3/4, S(6 s) = 3/4 · 1/2: the failed one is gone by then.
    expect(theirs).toEqual({ of: 4, median: 6, p90: null });
  });
});

describe("who wants no more texts", () => {
  it("are those we had texted, once each, and who came back", async () => {
    const { who, kitchen, read } = await scene();
    const other = await group(ctx);
    const reader = async (name: string, of: string, before: number) => {
      const lookup = `${name}-${kitchen}`;
      const them = await person(ctx, { phone_lookup: lookup });
      await text(ctx, them, of, { state: "delivered", created_at: ago(before) });
      return (action: "in" | "out", hours: number) =>
        sql`insert into consent_events (phone_lookup, action, source, at) values (${lookup}, ${action}, 'keyword', ${ago(hours)}::timestamptz)`;
    };
    const [gone, back, elsewhere, later, before] = [
      await reader("gone", kitchen, 20),
      await reader("back", kitchen, 20),
      await reader("elsewhere", other, 20),
      await reader("later", kitchen, 2),
      await reader("before", kitchen, 40 * 24),
    ];
    await gone("out", 10);
    for (const [action, hours] of [
      ["out", 10],
      ["in", 9],
      ["out", 8],
      ["in", 7],
    ] as const)
      await back(action, hours);
    await elsewhere("out", 10);
    await later("out", 10);
    await before("out", 35 * 24);
    expect(who.id).toBeTruthy();
    expect((await read()).stops).toEqual({ stopped: 2, back: 1 });
  });
});

describe("languages and areas", () => {
  it("sets needs beside who can be asked and speaks it", async () => {
    const made = await aGroup(ctx);
    const viewer = await signedInAs(ctx, await aMember(ctx, made.id, { role: "coordinator", languages: ["es"] }));
    await aMember(ctx, made.id, { locale: "es", languages: ["es", "fr"] });
    await aMember(ctx, made.id, { languages: ["vi"], alerts: false });
    for (const locale of ["es", "es", "ar"]) await post(ctx, viewer.person, made.id, { locale, created_at: ago(5) });
    const figures = await fairnessFigures(viewer, { groupId: made.id, ...month });
    expect(supplyOf(figures)).toEqual([
      { language: "es", needs: 2, waiting: 2, people: 2 },
      { language: "ar", needs: 1, waiting: 1, people: 0 },
      { language: "en", needs: 0, waiting: 0, people: 1 },
      { language: "fr", needs: 0, waiting: 0, people: 1 },
    ]);
  });

  it("finds where few ask, also where nobody does", () => {
    const said = [
      { area: "a", name: "Mill", people: 2000 },
      { area: "b", name: "Park", people: 500 },
      { area: "c", name: "Hill", people: 900 },
    ];
    const areas = [
      { key: "a", needs: 6 },
      { key: "b", needs: 6 },
      { key: "x", needs: 9 },
      { key: null, needs: 3 },
    ];
    expect(askRates(said, areas).map(({ name, needs }) => `${name} ${needs}`)).toEqual(["Hill 0", "Mill 6", "Park 6"]);
  });

  it.each([
    ["1,200", 1200],
    ["1 200", 1200],
    ["1.200", 1200],
    ["٥٠٠", 500],
    [" 7 ", 7],
    ["", null],
    ["0", undefined],
    ["1.5", undefined],
    ["-3", undefined],
    ["many", undefined],
    ["2000000", undefined],
  ])("reads %j as %s", (typed, people) => expect(readPeople(typed)).toBe(people));

  it("are said by coordinators, of areas they can see, and shared; what is left empty is no longer said", async () => {
    const made = await aGroup(ctx);
    const them = await aMember(ctx, made.id, { role: "coordinator" });
    const viewer = await signedInAs(ctx, them);
    const at = new Date();
    await post(ctx, viewer.person, made.id, { lat: 12.01, lng: 7.01, place: "Old Mill", created_at: at });
    const [area] = await listAreas({ ...viewer, now: at }, [made]);
    expect(area).toMatchObject({ place: "Old Mill", name: null, people: null, posts: 1 });
    const path = "/coordinate/dashboard/areas";
    const send = (as: { id: string }, people: string, key = area!.area) =>
      askRoute(ctx, saveAreas, { as, path, form: { area_0: key, name_0: "The mill", people_0: people } });
    expect((await send(them, "many")).status).toBe(422);
    expect((await send(them, "1,200")).headers.get("Location")).toBe(`${path}?saved=1`);
    expect((await send(them, "5", "999:999")).status).toBe(303);
    expect(await sql`select area, name, people from area_people`).toEqual([
      { area: area!.area, name: "The mill", people: 1200 },
    ]);
    const figures = await fairnessFigures(
      { ...viewer, now: new Date() },
      { groupId: made.id, from: ago(0), to: new Date(Date.now() + 1000) },
    );
    expect(figures.askRates).toEqual([{ area: area!.area, name: "The mill", people: 1200, needs: 1 }]);
    expect((await askRoute(ctx, areasPage, { as: await aMember(ctx, made.id), path })).status).toBe(403);
    await send(them, "");
    expect(await sql`select from area_people`).toHaveLength(0);
  });
});
