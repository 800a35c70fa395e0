import type { Ctx } from "#app/core/ctx.ts";
import type { PostKind, PostStatus } from "#app/posts/post.ts";
import type { ClaimStatus, ClaimView } from "./claim.ts";

/** What every statement of this feature answers with: the claim and the few facts of its post. */
export type ClaimRow = {
  id: string;
  status: ClaimStatus;
  quantity: number;
  delivered_quantity: number | null;
  eta: Date | null;
  due_at: Date;
  lapses_at: Date;
  note_sealed: string | null;
  release_reason: string | null;
  created_at: Date;
  updated_at: Date;
  post_id: string;
  code: string;
  kind: PostKind;
  title: string;
  post_quantity: number;
  remaining: number;
  post_status: PostStatus;
};

export function claimView(ctx: Ctx, row: ClaimRow, repeated = false): ClaimView {
  return {
    id: row.id,
    status: row.status,
    quantity: row.quantity,
    deliveredQuantity: row.delivered_quantity,
    eta: row.eta,
    dueAt: row.due_at,
    lapsesAt: row.lapses_at,
    note: ctx.seal.read(row.note_sealed, { table: "claims", column: "note_sealed", row: row.id }),
    releaseReason: row.release_reason,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    post: {
      id: row.post_id,
      code: row.code,
      kind: row.kind,
      title: row.title,
      quantity: row.post_quantity,
      remaining: row.remaining,
      status: row.post_status,
    },
    repeated,
  };
}
