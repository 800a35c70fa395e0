import { z } from "zod";
import { claimPost } from "#app/claims/claim-post.server.ts";
import { limitClaiming } from "#app/claims/limit-claiming.server.ts";
import { RELEASE_REASONS } from "#app/claims/claim-input.ts";
import type { ClaimView } from "#app/claims/claim.ts";
import { deliverClaim } from "#app/claims/deliver-claim.server.ts";
import { releaseClaim } from "#app/claims/release-claim.server.ts";
import { startClaim } from "#app/claims/start-claim.server.ts";
import type { PersonCtx } from "#app/core/ctx.ts";
import { newToken } from "#app/core/ids.server.ts";
import { code, maybeWords, moment, quantity, uuid } from "./fields.ts";
import { operation } from "./operation.ts";
import { PostPath } from "./posts-input.ts";
import { Claim } from "./shapes.ts";

const NewClaimBody = z.strictObject({
  quantity: quantity.nullish().describe("All that is left unless given"),
  eta: moment.nullish().describe("When the person means to be there"),
  note: maybeWords(500).nullish().describe("Kept sealed; the author and the group's coordinators read it"),
  offer_code: code.nullish().describe("The offer that backs the promise: both are lowered together, or neither is"),
});

const reason = maybeWords(200).describe(
  `One of ${RELEASE_REASONS.join(", ")}. It is kept in the clear, so free words are kept as \`other\``,
);

const ClaimChangeBody = z.discriminatedUnion("status", [
  z.strictObject({ status: z.literal("on_the_way") }),
  z.strictObject({
    status: z.literal("delivered"),
    quantity: quantity.nullish().describe("What arrived, if not all of it; the rest is open again"),
  }),
  z.strictObject({ status: z.literal("released"), reason: reason.nullish() }),
]);

export const claimOperations = [
  operation({
    id: "claimPost",
    method: "POST",
    path: "/posts/{code}/claims",
    summary: "Promise all or part of a need, or ask for all or part of an offer",
    auth: "required",
    takesIdempotencyKey: true,
    params: PostPath,
    body: NewClaimBody,
    problems: ["already-covered", "not-open", "own-post", "ask-coordinators", "key-reused", "too-many", "too-busy"],
    answers: { 201: Claim },
    async handle(ctx, { params, body, idempotencyKey }) {
      await limitClaiming(ctx);
      const claim = await claimPost(ctx, {
        code: params.code,
        quantity: body.quantity ?? null,
        eta: body.eta ?? null,
        note: body.note ?? null,
        offerCode: body.offer_code ?? null,
        idempotencyKey: idempotencyKey ?? newToken(),
      });
      return { status: 201, body: claimJson(claim, ctx.publicUrl) };
    },
  }),
  operation({
    id: "changeClaim",
    method: "PATCH",
    path: "/claims/{id}",
    summary: "Say that a promise is on the way, delivered, or handed back",
    description: "For the person who promised and the group's coordinators. Saying the same twice changes nothing.",
    auth: "required",
    params: z.object({ id: uuid }),
    body: ClaimChangeBody,
    problems: ["wrong-step", "too-busy"],
    answers: { 200: Claim },
    async handle(ctx, { params: { id }, body }) {
      return { status: 200, body: claimJson(await change(ctx, id, body), ctx.publicUrl) };
    },
  }),
];

function change(ctx: PersonCtx, id: string, body: z.output<typeof ClaimChangeBody>): Promise<ClaimView> {
  switch (body.status) {
    case "on_the_way":
      return startClaim(ctx, { id });
    case "delivered":
      return deliverClaim(ctx, { id, quantity: body.quantity ?? null });
    case "released":
      return releaseClaim(ctx, { id, reason: body.reason ? reasonCode(body.reason) : null });
  }
}

/** Free words could name somebody, and this is not sealed. */
const reasonCode = (words: string) => RELEASE_REASONS.find((known) => known === words) ?? "other";

const claimJson = (claim: ClaimView, publicUrl: string): z.input<typeof Claim> => ({
  id: claim.id,
  post: claim.post.code,
  quantity: claim.quantity,
  delivered_quantity: claim.deliveredQuantity,
  status: claim.status,
  eta: claim.eta?.toISOString() ?? null,
  due_at: claim.dueAt.toISOString(),
  lapses_at: claim.lapsesAt.toISOString(),
  note: claim.note,
  reason: claim.releaseReason,
  remaining: claim.post.remaining,
  created_at: claim.createdAt.toISOString(),
  updated_at: claim.updatedAt.toISOString(),
  url: `${publicUrl}/p/${claim.post.code}`,
});
