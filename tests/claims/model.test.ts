import fc from "fast-check";
import { expect, it } from "vitest";
import { claimPost } from "#app/claims/claim-post.server.ts";
import { type ClaimStatus, STEPS } from "#app/claims/claim.ts";
import { confirmClaim } from "#app/claims/confirm-claim.server.ts";
import { deliverClaim } from "#app/claims/deliver-claim.server.ts";
import { releaseClaim } from "#app/claims/release-claim.server.ts";
import { releaseClosed } from "#app/claims/release-closed.server.ts";
import { startClaim } from "#app/claims/start-claim.server.ts";
import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { closePost } from "#app/posts/close-post.server.ts";
import { editPost } from "#app/posts/edit-post.server.ts";
import { reopenPost } from "#app/posts/reopen-post.server.ts";
import { lapseClaims } from "#app/claims/lapse-claims.server.ts";
import { signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { faultsOf } from "./checker.ts";
import { asking, posted, type Posted, postRow, somebody } from "./rows.ts";

const ctx = testCtx();
const HOUR = 3_600_000;

/** What should be, kept in plain numbers beside the database. */
type Model = {
  quantity: number;
  open: boolean;
  reopened: boolean;
  hours: number;
  claims: { id: string; quantity: number; status: ClaimStatus; due: number }[];
};
type Real = { need: Posted; me: PersonCtx; author: PersonCtx };
type Command = fc.AsyncCommand<Model, Real>;

const taken = (m: Model) =>
  m.claims.reduce((sum, c) => sum + (["released", "lapsed"].includes(c.status) ? 0 : c.quantity), 0);
const confirmed = (m: Model) => m.claims.reduce((sum, c) => sum + (c.status === "confirmed" ? c.quantity : 0), 0);
const left = (m: Model) => m.quantity - taken(m);
const at = <C extends { now: Date }>(of: C, m: Model): C => ({
  ...of,
  now: new Date(ctx.now.getTime() + m.hours * HOUR),
});

/** Runs a verb; answers the kind of problem it met, or null. */
async function kindOf(work: Promise<unknown>): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (error) {
    if (error instanceof Problem) return error.kind;
    throw error;
  }
}

const command = (name: string, run: Command["run"]): Command => ({ check: () => true, run, toString: () => name });

const claim = (wish: number | null) =>
  command(`claim ${wish}`, async (m, { need, me }) => {
    const now = at(me, m);
    const work = claimPost(now, asking(need.code, { quantity: wish }));
    if (!m.open) return expect(await kindOf(work)).toBe("not-open");
    if (left(m) < (wish ?? 1)) return expect(await kindOf(work)).toBe("already-covered");
    const made = await work;
    expect(made.quantity).toBe(wish ?? left(m));
    m.claims.push({ id: made.id, quantity: made.quantity, status: "promised", due: made.lapsesAt.getTime() });
  });

/** A step of some claim there is, legal or not. */
const step = (pick: number, to: "on_the_way" | "delivered" | "released" | "confirmed", part: number | null) =>
  command(`${to} of ${pick}, ${part}`, async (m, { me, author }) => {
    const c = m.claims[pick % Math.max(1, m.claims.length)];
    if (!c) return;
    const asks = to === "delivered" ? part : null;
    const verb = {
      on_the_way: () => startClaim(at(me, m), c),
      delivered: () => deliverClaim(at(me, m), { id: c.id, quantity: asks }),
      released: () => releaseClaim(at(me, m), { id: c.id, reason: null }),
      confirmed: () => confirmClaim(at(author, m), { id: c.id, token: null }),
    };
    const kind = await kindOf(verb[to]());
    const again = c.status === to && (asks === null || asks === c.quantity);
    if (again) return expect(kind).toBe(null);
    if (STEPS.need[c.status][to] !== (to === "confirmed" ? "author" : "claimer"))
      return expect(kind).toBe("wrong-step");
    if (asks !== null && asks > c.quantity) return expect(kind).toBe("invalid-input");
    expect(kind).toBe(null);
    c.status = to;
    c.quantity = asks ?? c.quantity;
    if (confirmed(m) >= m.quantity) m.open = false;
  });

const wait = (hours: number) =>
  command(`wait ${hours} h`, async (m) => {
    m.hours += hours;
    const now = at(ctx, m);
    await lapseClaims(now);
    if (!m.open) return;
    for (const c of m.claims) {
      if (["promised", "on_the_way"].includes(c.status) && c.due < now.now.getTime()) c.status = "lapsed";
    }
  });

/** The clock after a closing: what was still promised ends, what was delivered stays. */
const tidy = command("release what is closed", async (m) => {
  await releaseClosed(at(ctx, m));
  if (m.open) return;
  for (const c of m.claims) if (["promised", "on_the_way"].includes(c.status)) c.status = "released";
});

const edit = (quantity: number) =>
  command(`ask for ${quantity}`, async (m, { need, author }) => {
    const kind = await kindOf(editPost(at(author, m), { code: need.code, changes: { quantity } }));
    if (!m.open) return expect(kind).toBe("already-closed");
    if (quantity < taken(m)) return expect(kind).toBe("invalid-input");
    expect(kind).toBe(null);
    m.quantity = quantity;
  });

const close = command("close", async (m, { need, author }) => {
  const kind = await kindOf(closePost(at(author, m), { code: need.code, reason: "withdrawn" }));
  expect(kind).toBe(m.open ? null : "already-closed");
  m.open = false;
});

const reopen = command("reopen", async (m, { need, author }) => {
  const row = await postRow(ctx, need.id);
  const kind = await kindOf(reopenPost(at(author, m), { code: need.code }));
  expect(kind).toBe(m.open ? "wrong-step" : null);
  if (m.open) return;
  m.open = true;
  // What was fulfilled is asked for again: its kept promises belong to the round before.
  if (row.closed_reason === "fulfilled") m.claims = m.claims.filter((c) => c.status !== "confirmed");
  m.reopened ||= row.closed_reason === "fulfilled";
});

const commands = fc.commands(
  [
    fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constant(null)).map(claim),
    fc
      .tuple(fc.nat(9), fc.constantFrom("on_the_way", "released", "confirmed"), fc.constant(null))
      .map((s) => step(...s)),
    fc.tuple(fc.nat(9), fc.constant("delivered"), fc.option(fc.integer({ min: 1, max: 9 }))).map((s) => step(...s)),
    fc.integer({ min: 1, max: 48 }).map(wait),
    fc.integer({ min: 1, max: 30 }).map(edit),
    fc.constant(close),
    fc.constant(tidy),
    fc.constant(reopen),
  ] as fc.Arbitrary<Command>[],
  { maxCommands: 30, size: "max" },
);

it("keeps its figures through whatever people do, in whatever order", async () => {
  await fc.assert(
    fc.asyncProperty(commands, async (steps) => {
      const need = await posted(ctx, { quantity: 20, urgency: "soon" });
      const real: Real = { need, me: await somebody(ctx), author: await signedInAs(ctx, { id: need.authorId }) };
      const model: Model = { quantity: 20, open: true, reopened: false, hours: 0, claims: [] };
      await fc.asyncModelRun(() => ({ model, real }), steps);
      expect(await postRow(ctx, need.id)).toMatchObject({
        quantity: model.quantity,
        remaining: left(model),
        confirmed: confirmed(model),
        status: model.open ? "open" : "closed",
      });
      if (!model.reopened) expect(await faultsOf(ctx.db.sql, need.id)).toEqual([]);
    }),
    { numRuns: 100 },
  );
}, 120_000);
