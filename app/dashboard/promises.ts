import { type ClaimStatus, isLive } from "#app/claims/claim.ts";
import type { PostKind, Units } from "#app/posts/post.ts";

/** What happens next with a promise, the most pressing first. */
export const STAGES = ["late", "soon", "moving", "came", "later"] as const;
export type Stage = (typeof STAGES)[number];

/** A promise that is not over, as coordinators see it. */
export type PromiseRow = {
  id: string;
  who: string | null;
  status: ClaimStatus;
  quantity: number;
  dueAt: Date;
  /** When it goes back to the board if nothing is heard. */
  lapsesAt: Date;
  /** When what was delivered counts as received if nobody says otherwise. */
  settlesAt: Date;
  /** When the claimer was last reminded by hand. */
  nudgedAt: Date | null;
  /** No coordinator knows who promised, so they see no name and no address. */
  unknown: boolean;
  /** Where coordinators find them; null where they are not in the group. */
  person: string | null;
  group: string;
  post: { code: string; kind: PostKind; title: string; units: Units | null };
};

/** What is due within these seconds is due soon. */
export const SOON_SECONDS = 3 * 3600;

/** `late`: past its time · `soon`: due within three hours · `moving`: on the way · `came`: said to be there, not confirmed. */
export function stageOf({ status, dueAt }: Pick<PromiseRow, "status" | "dueAt">, now: Date): Stage {
  if (!isLive(status)) return "came";
  const left = dueAt.getTime() - now.getTime();
  if (left < 0) return "late";
  if (status === "on_the_way") return "moving";
  return left <= SOON_SECONDS * 1000 ? "soon" : "later";
}

/** What a coordinator may do with it. Who asked for an offer fetches it: nobody delivers it to them. */
export function actsOn({ status, post }: Pick<PromiseRow, "status" | "post">): PromiseAct[] {
  if (!isLive(status)) return [];
  return post.kind === "need" ? ["nudge", "extend", "delivered", "release"] : ["nudge", "extend", "release"];
}
export const PROMISE_ACTS = ["nudge", "extend", "delivered", "release"] as const;
export type PromiseAct = (typeof PROMISE_ACTS)[number];
