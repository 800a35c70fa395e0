import type { PendingQuery, Row } from "postgres";
import type { Ctx } from "#app/core/ctx.ts";
import { isAccepted } from "#app/people/accepted.server.ts";
import { takeFromLimit } from "#app/people/rate-limit.server.ts";

type Fragment = PendingQuery<Row[]>;

/** So many posts of somebody nobody here knows yet go up at once in a day; the next ones are read first. */
const NEW_NUMBER_POSTS = 3;
/** The same of all together who left no number. */
const NAMELESS_POSTS = 30;
const DAY = 86_400;

/**
 * Whether somebody is known here, as a condition: a coordinator has accepted them, or something they asked for or
 * promised went well. A number that is only typed into a form proves nothing, so it takes somebody signed in.
 */
export function isKnownHere(ctx: Ctx): Fragment {
  const { person } = ctx;
  const { sql } = ctx.db;
  if (!person) return sql`false`;
  return sql`(
    ${isAccepted(ctx, sql`${person.id}::uuid`)}
    or exists (select from posts kp where kp.author_id = ${person.id}::uuid and kp.closed_reason = 'fulfilled')
    or exists (select from claims kc where kc.person_id = ${person.id}::uuid and kc.status = 'confirmed'))`;
}

/** Whether a person wrote as many posts in the last 24 hours as go up unread, as a condition. @param author SQL of their id. */
export const postsALot = ({ db: { sql }, now, rateLimits }: Ctx, author: Fragment): Fragment =>
  sql`${rateLimits !== false}::boolean and (select count(*) from (select from posts lp where lp.author_id = ${author}
    and lp.created_at > ${now}::timestamptz - interval '24 hours' limit ${NEW_NUMBER_POSTS}) latest) >= ${NEW_NUMBER_POSTS}`;

/** Counts a post of somebody, exactly however many come at once. @returns false when it is one too many for somebody new. */
export const withinFirstPosts = (ctx: Ctx, who: string | null): Promise<boolean> =>
  takeFromLimit(ctx, {
    key: `first posts of ${who ?? "nobody"}`,
    max: who ? NEW_NUMBER_POSTS : NAMELESS_POSTS,
    perSeconds: DAY,
  });
