import fc from "fast-check";
import { expect, test } from "vitest";
import { newId } from "#app/core/ids.server.ts";
import { recordDeliveryReport } from "#app/notifications/delivery-report.server.ts";
import { rankOf, stateFor } from "#app/notifications/outbox-states.ts";
import { settle } from "#app/notifications/settle.server.ts";
import { aPerson } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { runs } from "../setup/seeded.ts";
import { anOutboxText, outboxRow } from "./rows.ts";

/** In the order things happen; each list is one rank. */
const EARLY = [["accepted", "scheduled"], ["queued"], ["sending"], ["sent"]];
const FINAL = ["delivered", "read", "partially_delivered", "undelivered", "failed", "canceled"];
const KNOWN = [...EARLY.flat(), ...FINAL];
/** Not in the vendor's list when this was written, and words that every JavaScript object knows. */
const STRANGE = ["brand_new", "", "DELIVERED", "constructor", "toString", "__proto__", "hasOwnProperty", "0"];

test("ranks follow what happens; a final state is told as it is; the unknown has none", () => {
  const ranks = [...EARLY, FINAL].map((same) => new Set(same.map(rankOf)));
  expect(ranks.every((same) => same.size === 1)).toBe(true);
  const order = ranks.map((same) => [...same][0]!);
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  expect(new Set(order).size).toBe(order.length);
  for (const status of ["undelivered", "failed", "canceled"]) expect(stateFor(status)).toBe(status);
  for (const status of ["delivered", "read", "partially_delivered"]) expect(stateFor(status)).toBe("delivered");
  fc.assert(
    fc.property(fc.oneof(fc.constantFrom(...STRANGE), fc.string()), (status) => {
      fc.pre(!KNOWN.includes(status));
      expect(rankOf(status)).toBe(0);
      expect(stateFor(status)).toBe("submitted");
    }),
  );
});

type Step = { status: string } | "the call returns";

/** Reports of one text in any order, some twice, strange ones between, and the answer to the call somewhere. */
const story = fc
  .record({
    early: fc.subarray(EARLY.flat()),
    final: fc.option(fc.constantFrom(...FINAL), { nil: null }),
    strange: fc.array(fc.constantFrom(...STRANGE), { maxLength: 2 }),
    answered: fc.constantFrom("accepted", "queued", "brand_new"),
  })
  .chain(({ early, final, strange, answered }) => {
    const known = final ? [...early, final] : early;
    const steps: Step[] = [...known, ...strange].map((status) => ({ status }));
    const all = fc
      .tuple(
        fc.shuffledSubarray(["the call returns" as Step, ...steps], { minLength: steps.length + 1 }),
        fc.array(fc.nat(20), { maxLength: 4 }),
      )
      .map(([order, again]) => [...order, ...again.map((at) => order[at % order.length]!)]);
    return all.map((order) => ({ order, known, answered }));
  });

test("any order and repetition gives the same end, and nothing comes after a final state", async () => {
  const ctx = testCtx();
  const person = await aPerson(ctx);
  await fc.assert(
    fc.asyncProperty(
      story,
      fc.constantFrom("failed", "delivered", "sent"),
      async ({ order, known, answered }, late) => {
        const id = await anOutboxText(ctx, person.id, { state: "submitting", lane: 9 });
        await ctx.db.sql`update outbox set attempts = 1 where id = ${id}::uuid`;
        const providerSid = `SM${newId().replaceAll("-", "")}`;
        const report = (status: string) =>
          recordDeliveryReport(ctx, { providerSid, outboxId: id, status, errorCode: null });
        for (const step of order) {
          if (step !== "the call returns") await report(step.status);
          else {
            const text = { id, attempt: 1, phoneLookup: person.phoneLookup! };
            await settle(ctx, text, { kind: "accepted", sid: providerSid, status: answered });
          }
        }
        const furthest = [...known, rankOf(answered) > 0 ? answered : "queued"].toSorted(
          (a, b) => rankOf(b) - rankOf(a),
        )[0]!;
        const row = await outboxRow(ctx, id);
        expect(row).toMatchObject({ state: stateFor(furthest), sid: providerSid });
        if (rankOf(furthest) < 5) return;
        expect(await report(late)).toBe(false);
        expect(await outboxRow(ctx, id)).toEqual(row);
      },
    ),
    runs(80),
  );
});
