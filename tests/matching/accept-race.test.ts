import { expect, test } from "vitest";
import { Problem } from "#app/core/problems.ts";
import { acceptMatch } from "#app/matching/accept-match.server.ts";
import { aGroup, aMember, aPost, signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";

const ctx = testCtx();

test("coordinators who accept overlapping suggestions at once: nothing below zero, the slower ones are told what is left", async () => {
  const group = await aGroup(ctx);
  const coordinators = await Promise.all(
    Array.from({ length: 6 }, async () => signedInAs(ctx, await aMember(ctx, group.id, { role: "coordinator" }))),
  );
  const post = (kind: "need" | "offer", quantity: number) => aPost(ctx, { groupId: group.id, kind, quantity });
  const needs = await Promise.all([30, 12, 7].map((quantity) => post("need", quantity)));
  const offers = await Promise.all([20, 15, 4].map((quantity) => post("offer", quantity)));

  const tries = coordinators.flatMap((lead, who) =>
    needs.flatMap((need, n) =>
      offers.map((offer, o) => ({
        lead,
        need,
        offer,
        quantity: 1 + ((who + n + o) % 5),
        key: `${who}-${n}-${o}-race`,
      })),
    ),
  );
  const outcomes = await Promise.all(
    tries.map(({ lead, need, offer, ...wish }) =>
      acceptMatch(lead, { needCode: need.code, offerCode: offer.code, ...wish }).then(
        (claim) => ({ offer, need, quantity: claim.quantity }),
        (error: unknown) => error,
      ),
    ),
  );
  const refused = outcomes.filter((one) => one instanceof Error);
  for (const error of refused) expect(error).toMatchObject({ name: "Problem", kind: "already-covered" });
  for (const error of refused as Problem[]) expect(error.facts["remaining"]).toBeGreaterThanOrEqual(0);
  const done = outcomes.filter(
    (one): one is { offer: (typeof offers)[0]; need: (typeof needs)[0]; quantity: number } => !(one instanceof Error),
  );
  expect(refused.length).toBeGreaterThan(0);
  expect(done.length).toBeGreaterThan(0);

  const sumOf = (id: string) =>
    done
      .filter(({ offer, need }) => offer.id === id || need.id === id)
      .reduce((sum, { quantity }) => sum + quantity, 0);
  for (const made of [...needs, ...offers]) {
    const [row] = await ctx.db.sql<{ quantity: number; remaining: number }[]>`
      select quantity, remaining from posts where id = ${made.id}::uuid`;
    expect(row!.remaining).toBeGreaterThanOrEqual(0);
    expect(row!.quantity - row!.remaining).toBe(sumOf(made.id));
  }
});
