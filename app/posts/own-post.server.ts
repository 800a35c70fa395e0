import type { PendingQuery, Row } from "postgres";
import type { Ctx } from "#app/core/ctx.ts";
import { hashToken } from "#app/core/ids.server.ts";
import { Problem } from "#app/core/problems.ts";
import { plainCode, type PostStatus } from "#app/posts/post.ts";

/** A post one may change: by the private link (whoever holds it is the author), or by its code when signed in. */
export type OwnPost = { token: string } | { code: string };

/** The condition on posts `p` that this is that post and the asker may change it: its author or a coordinator. */
export function isOwn(ctx: Ctx, which: OwnPost): PendingQuery<Row[]> {
  const { sql } = ctx.db;
  if ("token" in which) return sql`p.manage_hash = ${hashToken(which.token)}`;
  return sql`p.code = ${plainCode(which.code)} and ${coordinates(ctx)}`;
}

function coordinates(ctx: Ctx): PendingQuery<Row[]> {
  const { sql } = ctx.db;
  const { person } = ctx;
  if (!person) return sql`false`;
  if (person.isAdmin) return sql`true`;
  const groups = Object.keys(person.roles).filter((id) => person.roles[id] === "coordinator");
  return sql`(p.author_id = ${person.id}::uuid or p.group_id = any(${groups}::uuid[]))`;
}

/** Who did it, for the event: nobody by name when it came over the private link. */
export const actorOf = (ctx: Ctx, which: OwnPost) => ("token" in which ? null : (ctx.person?.id ?? null));

/** Does the asker run this group? Their own words need no review, and only they may decline or approve. */
export const runsGroup = (ctx: Ctx, groupId: string) =>
  ctx.person !== null && (ctx.person.isAdmin || ctx.person.roles[groupId] === "coordinator");

export type OwnPostRow = {
  id: string;
  code: string;
  group_id: string;
  quantity: number;
  remaining: number;
  status: PostStatus;
  revision: number;
  place: string | null;
};

/** @throws Problem `not-found` when there is no such post or the asker may not change it; nobody learns which. */
export async function findOwnPost(ctx: Ctx, which: OwnPost): Promise<OwnPostRow> {
  const [row] = await ctx.db.sql<OwnPostRow[]>`
    select p.id, p.code, p.group_id, p.quantity, p.remaining, p.status, p.revision, p.place from posts p where ${isOwn(ctx, which)}`;
  if (!row) throw new Problem("not-found");
  return row;
}
