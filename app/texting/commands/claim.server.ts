import type { ClaimView } from "#app/claims/claim.ts";
import { claimPost } from "#app/claims/claim-post.server.ts";
import { limitClaiming } from "#app/claims/limit-claiming.server.ts";
import { Problem } from "#app/core/problems.ts";
import { getPost } from "#app/posts/get-post.server.ts";
import { askedWithOffer } from "#app/waves/asked-with-offer.server.ts";
import { wantAsk } from "#app/waves/want-ask.server.ts";
import { amount, cut } from "../say.ts";
import { keyOf, type Answer, type Texter } from "../texter.ts";
import { fitting, listed } from "./list.server.ts";

/** CLAIM code [n]: the same verb as on the web, backed by the offer that the alert reminded them of. Who comes too late hears of up to three others that fit. */
export async function claim(
  texter: Texter,
  { code, quantity }: { code: string; quantity: number | null },
): Promise<Answer> {
  const { ctx } = texter;
  const idempotencyKey = keyOf(texter);
  const offer = await askedWithOffer(ctx, { code, quantity, key: idempotencyKey });
  const from = async (offerCode: string | null) => {
    const input = { code, quantity, eta: null, note: null, offerCode, idempotencyKey };
    return claimed(texter, await claimPost(ctx, input), offerCode);
  };
  try {
    await limitClaiming(ctx);
    return await (offer ? from(offer).catch((error: unknown) => unbacked(error, from)) : from(null));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return refused(texter, code, error);
  }
}

async function claimed(texter: Texter, { post, quantity }: ClaimView, offer: string | null): Promise<Answer> {
  const { ctx, t, locale } = texter;
  const view = await getPost(ctx, post.code, locale);
  const said = {
    code: post.code,
    group: cut(view?.group.name ?? "Manyhands", 16),
    amount: amount(t, quantity, view?.units ?? null),
    backed: offer ? "yes" : "no",
    offer: offer ?? "",
    placed: view?.place ? "yes" : "no",
    place: cut(view?.place ?? "", 16),
  };
  return {
    outcome: "claim",
    say: [t(post.kind === "offer" ? "texting.claimed_offer" : "texting.claimed", said)],
    change: { list: null, missed: null },
    postId: post.id,
  };
}

/** Their offer is used up or down by now: then the promise stands by itself. */
function unbacked(error: unknown, from: (offerCode: null) => Promise<Answer>): Promise<Answer> {
  if (!(error instanceof Problem)) throw error;
  return from(null);
}

async function refused(texter: Texter, code: string, { kind, facts }: Problem): Promise<Answer> {
  const { t } = texter;
  const remaining = Number(facts["remaining"] ?? 0);
  if (kind === "already-covered" && remaining > 0)
    return { outcome: "claim", say: [t("texting.only_left", { code, n: remaining })] };
  if (kind === "already-covered" || kind === "not-open") return tooLate(texter, code, kind === "not-open");
  if (kind === "too-many") return { outcome: "claim", say: [t("human.claims_many")] };
  if (kind === "own-post") return { outcome: "claim", say: [t("texting.own_post", { code })] };
  if (kind === "ask-coordinators") return { outcome: "claim", say: [t("problem.ask-coordinators")] };
  if (kind === "not-found") return { outcome: "claim", say: [t("texting.no_code", { code })], idle: true };
  throw new Problem(kind, facts);
}

async function tooLate(texter: Texter, code: string, closed: boolean): Promise<Answer> {
  const { t } = texter;
  await wantAsk(texter.ctx, { personId: texter.ctx.person.id, code });
  const { posts } = await fitting(texter, null, 0);
  const others = posts.filter((post) => post.code !== code);
  const { lines, list } = listed(texter, others, { words: null, next: 0 });
  const say = t("texting.covered", { code, closed: closed ? "yes" : "no", others: lines ? "yes" : "no", lines });
  return {
    outcome: "claim",
    say: [say],
    change: { list: lines ? list : null, missed: closed ? null : code, pick: null },
  };
}
