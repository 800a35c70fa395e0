import type { ClosedReason, EventData, EventType } from "../../app/events/event.ts";
import type { Ctx } from "../../app/core/ctx.ts";
import { promiseTimes } from "../../app/claims/claim.ts";
import { hashToken, newCode, newId } from "../../app/core/ids.server.ts";
import { manageToken } from "../../app/posts/manage-token.server.ts";
import { snapToGrid } from "../../app/posts/post.ts";
import { GROUPS } from "./groups.ts";
import { PEOPLE } from "./people.ts";
import { PLACES } from "./places.ts";
import type { ClaimSpec, PostSpec } from "./post-spec.ts";
import type { Ids } from "./rows.server.ts";

const HOUR = 3_600_000;
const hours = (from: Date, n: number) => new Date(from.getTime() + n * HOUR);
const earlier = (a: Date, b: Date) => (a < b ? a : b);

type EventRow = {
  type: EventType;
  group_id: string;
  post_id: string;
  claim_id: string | null;
  actor_id: string | null;
  data: Record<string, unknown>;
  at: string;
};

/** A post of the demo with all that happened to it. */
export type Story = { post: Record<string, unknown>; claims: Record<string, unknown>[]; events: EventRow[] };

type Telling = {
  ctx: Ctx;
  spec: PostSpec;
  ids: Ids;
  postId: string;
  groupId: string;
  createdAt: Date;
  remaining: number;
};

export function storyOf(ctx: Ctx, spec: PostSpec, ids: Ids, codes: Set<string>): Story {
  const createdAt = hours(ctx.now, -spec.ago);
  const postId = newId(createdAt);
  const groupId = ids.groups.get(spec.group)!;
  const telling: Telling = { ctx, spec, ids, postId, groupId, createdAt, remaining: spec.quantity };
  const events: EventRow[] = [];
  const tell = <T extends EventType>(
    type: T,
    at: Date,
    data: EventData[T],
    who: { claimId?: string; by?: string } = {},
  ) => {
    const actor_id = who.by ? ids.people.get(who.by)! : null;
    events.push({
      type,
      group_id: groupId,
      post_id: postId,
      claim_id: who.claimId ?? null,
      actor_id,
      data,
      at: at.toISOString(),
    });
  };

  tell("post.published", createdAt, { quantity: spec.quantity }, { by: spec.by });
  const claims = (spec.claims ?? []).map((claim) => promise(telling, claim, tell));
  const lastAt = events
    .map(({ at }) => at)
    .sort()
    .at(-1)!;
  const closedAt = spec.closed ? earlier(ctx.now, hours(new Date(lastAt), claims.length > 0 ? 1 : 90)) : null;
  if (closedAt) tell("post.closed", closedAt, { reason: spec.closed as ClosedReason });
  return { post: postRow(telling, codes, closedAt), claims, events };
}

type Tell = <T extends EventType>(
  type: T,
  at: Date,
  data: EventData[T],
  who?: { claimId?: string; by?: string },
) => void;

/** One promise, told from its start to where it stands, two hours a step and never later than now. */
function promise(telling: Telling, claim: ClaimSpec, tell: Tell): Record<string, unknown> {
  const { ctx, spec } = telling;
  const { quantity, status, by } = claim;
  const at = earlier(ctx.now, hours(telling.createdAt, claim.after));
  const step = (n: number) => earlier(ctx.now, hours(at, 2 * n));
  const id = newId(at);
  const who = { claimId: id, by };

  telling.remaining -= quantity;
  tell("post.claimed", at, { quantity, remaining: telling.remaining }, who);
  let updatedAt = at;
  if (status === "on_the_way") tell("claim.on_the_way", (updatedAt = step(0.5)), { quantity }, who);
  if (status === "delivered" || status === "confirmed")
    tell("claim.delivered", (updatedAt = step(1)), { quantity, returned: 0 }, who);
  if (status === "confirmed")
    tell("claim.confirmed", (updatedAt = step(2)), { quantity }, { claimId: id, by: spec.by });
  if (status === "released" || status === "lapsed") {
    telling.remaining += quantity;
    const back = { quantity, remaining: telling.remaining };
    tell(
      status === "released" ? "claim.released" : "claim.lapsed",
      (updatedAt = step(1)),
      back,
      status === "released" ? who : { claimId: id },
    );
  }
  const live = status === "promised" || status === "on_the_way";
  const urgency = spec.urgency ?? "normal";
  const times = promiseTimes({ now: live ? ctx.now : at, eta: null, urgency, windowStart: null, windowEnd: null });
  return {
    id,
    post_id: telling.postId,
    person_id: telling.ids.people.get(by),
    quantity,
    delivered_quantity: status === "delivered" || status === "confirmed" ? quantity : null,
    status,
    due_at: times.dueAt,
    lapses_at: times.lapsesAt,
    nudge_at: live ? times.nudgeAt : null,
    ask_at: live ? times.askAt : null,
    receipt_asks: 0,
    release_reason: null,
    idempotency_key: `demo ${id}`,
    request_hash: "demo",
    created_at: at,
    updated_at: updatedAt,
  };
}

function postRow({ ctx, spec, ids, ...telling }: Telling, codes: Set<string>, closedAt: Date | null) {
  const { postId: id, createdAt } = telling;
  const category = GROUPS.find(({ slug }) => slug === spec.group)!.categories.find(
    ({ slug }) => slug === spec.category,
  )!;
  const place = spec.place && PLACES[spec.place];
  const sealed = (column: string, plain?: string) =>
    plain ? ctx.seal.seal(plain, { table: "posts", column, row: id }) : null;
  const confirmed = (spec.claims ?? []).filter(({ status }) => status === "confirmed");
  const firstClaim = spec.claims?.map(({ after }) => after).sort((a, b) => a - b)[0];
  const expiresAt = hours(createdAt, category.expiryHours);
  let code = newCode();
  while (codes.has(code)) code = newCode();
  codes.add(code);
  return {
    id,
    code,
    kind: spec.kind,
    group_id: telling.groupId,
    category_id: ids.categories.get(`${spec.group}/${spec.category}`),
    author_id: ids.people.get(spec.by),
    title: spec.title,
    details: spec.details ?? null,
    quantity: spec.quantity,
    remaining: telling.remaining,
    confirmed: confirmed.reduce((sum, { quantity }) => sum + quantity, 0),
    urgency: spec.urgency ?? "normal",
    window_end: spec.until ? hours(ctx.now, spec.until) : null,
    place: place ? place.name : null,
    ...(place ? snapToGrid(place) : { lat: null, lng: null }),
    address_sealed: sealed("address_sealed", spec.address),
    note_sealed: sealed("note_sealed", spec.note),
    visibility: spec.visibility ?? "everyone",
    languages: spec.languages ?? [],
    answers: spec.answers ?? {},
    locale: PEOPLE.find(({ key }) => key === spec.by)!.locale,
    status: spec.closed ? "closed" : "open",
    closed_reason: spec.closed ?? null,
    closed_at: closedAt,
    reopens_at: spec.closed === "met_for_now" ? hours(ctx.now, 48) : null,
    // What is open in the demo stays open for its first days, however long it has waited.
    expires_at: spec.closed || expiresAt > hours(ctx.now, 72) ? expiresAt : hours(ctx.now, 72),
    first_claimed_at: firstClaim === undefined ? null : earlier(ctx.now, hours(createdAt, firstClaim)),
    manage_hash: hashToken(manageToken(ctx.seal, id)),
    created_at: createdAt,
    updated_at: closedAt ?? createdAt,
  };
}
