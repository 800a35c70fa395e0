import type { ClaimStatus, ClaimView } from "#app/claims/claim.ts";
import { confirmClaim } from "#app/claims/confirm-claim.server.ts";
import { deliverClaim } from "#app/claims/deliver-claim.server.ts";
import { releaseClaim } from "#app/claims/release-claim.server.ts";
import { startClaim } from "#app/claims/start-claim.server.ts";
import { plainCode } from "#app/core/codes.ts";
import { Problem } from "#app/core/problems.ts";
import { findPromises, type Promised } from "../my-things.server.ts";
import { amount } from "../say.ts";
import { declineAsk } from "#app/waves/decline-ask.server.ts";
import type { Answer, Texter } from "../texter.ts";
import { askWhich } from "../which.ts";

type Coded = { code: string | null; quantity?: number | null };

/**
 * A command about my own promise: by its code, or without one if I have exactly one it fits; else asks which. Several
 * promises of mine on one post are one thing.
 */
async function onMine(
  texter: Texter,
  command: "way" | "done" | "drop",
  { code, quantity = null }: Coded,
  states: ClaimStatus[],
  done: ClaimStatus,
  act: (promises: Promised[]) => Promise<Answer>,
): Promise<Answer> {
  const { t } = texter;
  const promises = await findPromises(texter, { code, states, done });
  const codes = new Set(promises.map((promise) => promise.code));
  if (codes.size === 0)
    return { outcome: command, say: [code ? t("texting.no_promise_on", { code }) : t("texting.no_promise")] };
  if (codes.size > 1) return askWhich(texter, promises, { command, quantity });
  try {
    return await act(promises);
  } catch (error) {
    if (!(error instanceof Problem) || !["wrong-step", "not-found"].includes(error.kind)) throw error;
    return { outcome: command, say: [t("texting.too_late", { code: promises[0]!.code })] };
  }
}

/** WAY: on my way. */
export const way = (texter: Texter, { code }: Coded): Promise<Answer> =>
  onMine(texter, "way", { code }, ["promised", "on_the_way"], "on_the_way", async (promises) => {
    const first = promises[0]!;
    for (const { id, status } of promises) if (status === "promised") await startClaim(texter.ctx, { id });
    return { outcome: "way", say: [texter.t("texting.way", { code: first.code, group: first.group })] };
  });

/** DROP: hands it back, all of mine on that post; about a need they were only asked to help with, it says no. */
export async function drop(texter: Texter, { code }: Coded): Promise<Answer> {
  const { ctx, t } = texter;
  if (
    code &&
    (await findPromises(texter, { code, states: ["promised", "on_the_way"], done: "released" })).length === 0
  ) {
    const declined = await declineAsk(ctx, { personId: ctx.person.id, code: plainCode(code) });
    if (declined) return { outcome: "drop", say: [t("waves.text.declined", { code })] };
  }
  return handBack(texter, { code });
}

const handBack = (texter: Texter, { code }: Coded): Promise<Answer> =>
  onMine(texter, "drop", { code }, ["promised", "on_the_way"], "released", async (promises) => {
    const first = promises[0]!;
    for (const { id } of promises) await releaseClaim(texter.ctx, { id, reason: null });
    return { outcome: "drop", say: [texter.t("texting.drop", { code: first.code, group: first.group })] };
  });

/** DONE [n]: brought it, all or n of it. On an offer that I asked for it means that I have it. */
export const done = (texter: Texter, { code, quantity = null }: Coded): Promise<Answer> =>
  onMine(texter, "done", { code, quantity }, ["promised", "on_the_way"], "delivered", async (promises) => {
    const first = promises[0]!;
    const chosen = quantity === null ? promises : [bestFor(promises, quantity)];
    const most = Math.max(...promises.map((promise) => promise.quantity));
    if (quantity !== null && quantity > most)
      return { outcome: "done", say: [texter.t("texting.done_most", { code: first.code, n: most })] };
    const moved: ClaimView[] = [];
    for (const { id, kind } of chosen)
      moved.push(
        kind === "offer"
          ? await confirmClaim(texter.ctx, { id, token: null })
          : await deliverClaim(texter.ctx, { id, quantity }),
      );
    const n = moved.reduce((sum, claim) => sum + (claim.deliveredQuantity ?? claim.quantity), 0);
    const back = moved.reduce((sum, claim) => sum + claim.quantity - (claim.deliveredQuantity ?? claim.quantity), 0);
    const said = { code: first.code, group: first.group, amount: amount(texter.t, n, first.units), back };
    return { outcome: "done", say: [texter.t("texting.done", said)] };
  });

/** The promise of exactly so many, else the smallest that holds as many. */
const bestFor = (promises: Promised[], quantity: number): Promised =>
  promises.find((promise) => promise.quantity === quantity) ??
  promises.toSorted((a, b) => a.quantity - b.quantity).find((promise) => promise.quantity >= quantity) ??
  promises[0]!;
