import type { ClaimInput } from "#app/claims/claim.ts";
import type { Ctx, PersonCtx } from "#app/core/ctx.ts";
import { newCode, newId, newToken } from "#app/core/ids.server.ts";
import { hashToken } from "#app/core/ids.server.ts";
import { aGroup, aPerson, signedInAs } from "#tests/factories.ts";

type Given = Partial<{
  kind: "need" | "offer";
  groupId: string;
  authorId: string;
  quantity: number;
  urgency: "normal" | "soon" | "urgent";
  visibility: "everyone" | "volunteers" | "team";
  status: "in_review" | "open" | "closed";
  windowStart: Date | null;
  windowEnd: Date | null;
  title: string;
}>;

export type Posted = { id: string; code: string; groupId: string; authorId: string; token: string; quantity: number };

/** A post as the claims see it, written without the posts' own verb: what is tested here must not hide a fault there. */
export async function posted(ctx: Ctx, given: Given = {}): Promise<Posted> {
  const id = newId(ctx.now);
  const code = newCode(6);
  const token = newToken();
  const groupId = given.groupId ?? (await aGroup(ctx)).id;
  const authorId = given.authorId ?? (await aPerson(ctx)).id;
  const quantity = given.quantity ?? 20;
  await ctx.db.sql`
    insert into posts (id, code, kind, group_id, author_id, title, quantity, remaining, urgency, visibility, status,
      window_start, window_end, manage_hash, expires_at, created_at, updated_at)
    values (${id}::uuid, ${code}, ${given.kind ?? "need"}, ${groupId}::uuid, ${authorId}::uuid,
      ${given.title ?? "Hot meals"}, ${quantity}, ${quantity}, ${given.urgency ?? "normal"},
      ${given.visibility ?? "everyone"}, ${given.status ?? "open"}, ${given.windowStart ?? null}::timestamptz, ${given.windowEnd ?? null}::timestamptz,
      ${hashToken(token)}, ${new Date(ctx.now.getTime() + 14 * 86_400_000)}::timestamptz, ${ctx.now}::timestamptz,
      ${ctx.now}::timestamptz)`;
  return { id, code, groupId, authorId, token, quantity };
}

/** Somebody new, signed in. */
export const somebody = async (ctx: Ctx): Promise<PersonCtx> => signedInAs(ctx, await aPerson(ctx));

/** What a form would send to claim this post; a new key every time. */
export function asking(code: string, given: Partial<ClaimInput> = {}): ClaimInput {
  return { code, quantity: 1, eta: null, note: null, offerCode: null, idempotencyKey: newToken(), ...given };
}

/** The row of a post as it stands. */
export async function postRow(ctx: Ctx, id: string) {
  const [row] = await ctx.db.sql<
    { quantity: number; remaining: number; confirmed: number; status: string; closed_reason: string | null }[]
  >`select quantity, remaining, confirmed, status, closed_reason from posts where id = ${id}::uuid`;
  if (!row) throw new Error("there is no such post");
  return row;
}

/** The events of a post, oldest first. */
export async function eventsOf(ctx: Ctx, postId: string) {
  return ctx.db.sql<
    { type: string; claim_id: string | null; actor_id: string | null; data: Record<string, unknown> }[]
  >`
    select type, claim_id, actor_id, data from events where post_id = ${postId}::uuid order by id`;
}

/** What a promise is like in the database. */
export async function claimRow(ctx: Ctx, id: string) {
  const [row] = await ctx.db.sql`
    select status, quantity, offer_id as "offerId", person_id as "personId", due_at as "dueAt", lapses_at as "lapsesAt",
      nudge_at as "nudgeAt", ask_at as "askAt", eta, release_reason as reason
    from claims where id = ${id}::uuid`;
  return row!;
}

/** As a coordinator keeps two people apart. */
export async function keepApart(ctx: Ctx, one: string, other: string): Promise<void> {
  const [first, second] = [one, other].toSorted();
  await ctx.db.sql`
    insert into kept_apart (person_id, other_id, at) values (${first!}::uuid, ${second!}::uuid, ${ctx.now}::timestamptz)`;
}

/** The same world some hours later. */
export const hoursLater = <C extends Ctx>(of: C, hours: number): C => ({
  ...of,
  now: new Date(of.now.getTime() + hours * 3_600_000),
});
