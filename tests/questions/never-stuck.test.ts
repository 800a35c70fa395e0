import fc from "fast-check";
import { expect, it } from "vitest";
import { claimPost } from "#app/claims/claim-post.server.ts";
import { deliverClaim } from "#app/claims/deliver-claim.server.ts";
import { extendClaim } from "#app/claims/extend-claim.server.ts";
import { startClaim } from "#app/claims/start-claim.server.ts";
import type { Ctx, PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { answerQuestion } from "#app/questions/answer-question.server.ts";
import { openQuestions } from "#app/questions/open-questions.server.ts";
import { aPerson, signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { faultsOf } from "#tests/claims/checker.ts";
import { asking, posted } from "#tests/claims/rows.ts";
import { at, claimRow, later, questionsOf, tick } from "./rows.ts";

const base = testCtx();
const HOUR = 3_600_000;

const hour = fc.integer({ min: 0, max: 23 });
const sleeper = fc.record({
  timeZone: fc.constantFrom(
    "America/New_York",
    "America/Phoenix",
    "Europe/Berlin",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
  ),
  quietFrom: hour,
  quietTo: hour,
});
/** Nights on which clocks change, and any other moment of a year. */
const start = fc.oneof(
  fc
    .constantFrom("2026-03-07T20:00:00Z", "2026-03-08T03:00:00Z", "2026-10-24T22:00:00Z", "2026-10-31T23:30:00Z")
    .map((s) => new Date(s)),
  fc.date({ min: new Date("2026-01-01"), max: new Date("2026-12-31"), noInvalidDate: true }),
);
const story = fc.record({
  start,
  urgency: fc.constantFrom("urgent", "soon", "normal"),
  etaHours: fc.option(fc.double({ min: -2, max: 60, noNaN: true })),
  windowHours: fc.option(fc.double({ min: -2, max: 60, noNaN: true })),
  claimer: sleeper,
  author: sleeper,
  acts: fc.array(
    fc.record({
      gap: fc.double({ min: 0.05, max: 20, noNaN: true }),
      act: fc.constantFrom("nothing", "yes", "no", "way", "deliver", "extend"),
    }),
    { maxLength: 8 },
  ),
});
type Act = "nothing" | "yes" | "no" | "way" | "deliver" | "extend";

/** Does what somebody may do; what the moment does not allow is refused and changes nothing. */
async function act(now: Ctx, people: PersonCtx[], id: string, what: Act): Promise<void> {
  const me = { ...now, person: people[0]!.person };
  try {
    if (what === "way") await startClaim(me, { id });
    if (what === "deliver") await deliverClaim(me, { id, quantity: null });
    if (what === "extend") await extendClaim(me, { id });
    if (what !== "yes" && what !== "no") return;
    for (const { person } of people) {
      for (const question of await openQuestions(now, person.id))
        await answerQuestion(now, { id: question.id, personId: person.id, answer: what === "yes" ? 1 : 2 });
    }
  } catch (error) {
    if (!(error instanceof Problem) || error.kind !== "wrong-step") throw error;
  }
}

/** A live promise has a next step ahead of it, or is over. The database counts finer than a `Date`. */
async function alive(now: Ctx, id: string): Promise<void> {
  const row = await claimRow(now, id);
  if (!["promised", "on_the_way", "delivered"].includes(row.status)) return;
  if (row.status !== "delivered") expect(row.lapsesAt.getTime()).toBeGreaterThanOrEqual(now.now.getTime());
  else expect(row.askAt).not.toBeNull();
  if (row.askAt) expect(row.askAt.getTime()).toBeGreaterThanOrEqual(now.now.getTime());
  if (row.nudgeAt) expect(row.nudgeAt.getTime()).toBeGreaterThanOrEqual(now.now.getTime());
}

it("brings every promise to an end, whatever people do and whenever they sleep", async () => {
  await fc.assert(
    fc.asyncProperty(story, async (given) => {
      const ctx = at(base, given.start);
      const [me, author] = [
        await signedInAs(ctx, await aPerson(ctx, given.claimer)),
        await signedInAs(ctx, await aPerson(ctx, given.author)),
      ];
      const hours = (n: number | null) => (n !== null ? new Date(given.start.getTime() + n * HOUR) : null);
      const post = await posted(ctx, {
        authorId: author.person.id,
        urgency: given.urgency as "soon",
        windowEnd: hours(given.windowHours),
      });
      const { id } = await claimPost(me, asking(post.code, { quantity: 3, eta: hours(given.etaHours) }));
      let now: Ctx = ctx;
      for (const { gap, act: what } of given.acts) {
        now = later(now, gap);
        await tick(now);
        await alive(now, id);
        await act(now, [me, author], id, what as Act);
      }
      for (let n = 0; n < 36; n++) {
        now = later(now, 6);
        await tick(now);
        await alive(now, id);
      }
      expect(["confirmed", "released", "lapsed"]).toContain((await claimRow(now, id)).status);
      const asked = (await questionsOf(now, post.id)).filter(({ claimId }) => claimId === id);
      expect(asked.filter(({ closedAt }) => closedAt === null)).toEqual([]);
      expect(asked.length).toBeLessThanOrEqual(8);
      expect(await faultsOf(ctx.db.sql, post.id)).toEqual([]);
      await ctx.db
        .sql`update posts set status = 'closed', closed_reason = 'withdrawn', reopens_at = null where id = ${post.id}::uuid`;
    }),
    { numRuns: 30 },
  );
}, 120_000);
