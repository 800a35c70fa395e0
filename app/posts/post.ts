import type { ClosedReason } from "#app/events/event.ts";
import type { FieldAnswers } from "#app/groups/category-field.ts";

export type PostKind = "need" | "offer";
export type Urgency = "normal" | "soon" | "urgent";
export type Visibility = "everyone" | "volunteers" | "team";
export type PostStatus = "in_review" | "open" | "closed";

/** The word for one and for several of what is counted, in the reader's language. */
export type Units = { one: string; many: string };

/** A post as anybody entitled to see it sees it: nothing in here is sealed. `unit` is in the reader's language. */
export type PostView = {
  id: string;
  code: string;
  kind: PostKind;
  group: { slug: string; name: string };
  category: { slug: string; name: string } | null;
  title: string;
  details: string | null;
  quantity: number;
  remaining: number;
  unit: string | null;
  units: Units | null;
  urgency: Urgency;
  windowStart: Date | null;
  windowEnd: Date | null;
  place: string | null;
  lat: number | null;
  lng: number | null;
  visibility: Visibility;
  status: PostStatus;
  closedReason: ClosedReason | null;
  reopensAt: Date | null;
  languages: string[];
  /** For members of any group, its author and who promised it; to everybody else empty. */
  answers: FieldAnswers;
  createdAt: Date;
  expiresAt: Date;
};

/** The state people are told. `covered` and `partly_covered` are derived here and stored nowhere. */
export type ShownState = "in_review" | "open" | "partly_covered" | "covered" | ClosedReason;

export function shownState(post: Pick<PostView, "status" | "closedReason" | "quantity" | "remaining">): ShownState {
  if (post.status === "closed") return post.closedReason ?? "withdrawn";
  if (post.status === "in_review") return "in_review";
  if (post.remaining === 0) return "covered";
  return post.remaining < post.quantity ? "partly_covered" : "open";
}

export { plainCode } from "#app/core/codes.ts";
export { snapToGrid } from "#app/core/grid.ts";
