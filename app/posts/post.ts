import type { ClosedReason } from "#app/events/event.ts";

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

const KM_PER_DEGREE = 110.57;
const GRID_KM = 1;

/**
 * The middle of the fixed ~1 km grid cell a coordinate lies in. Snapped once, before it is stored: a random offset could
 * be averaged away, and one computed per view could be inverted.
 */
export function snapToGrid({ lat, lng }: { lat: number; lng: number }): { lat: number; lng: number } {
  const latStep = GRID_KM / KM_PER_DEGREE;
  const row = Math.floor(lat / latStep);
  const rowMiddle = (row + 0.5) * latStep;
  const lngStep = GRID_KM / (111.32 * Math.max(0.01, Math.cos((rowMiddle * Math.PI) / 180)));
  const column = Math.floor(lng / lngStep);
  const round = (value: number) => Math.round(value * 1e5) / 1e5;
  return { lat: round(rowMiddle), lng: round((column + 0.5) * lngStep) };
}

export { plainCode } from "#app/core/codes.ts";
