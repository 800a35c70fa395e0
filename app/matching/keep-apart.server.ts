import type { PendingQuery, Row } from "postgres";
import { coordination } from "#app/claims/scope.server.ts";
import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { openName } from "#app/people/person.server.ts";
import { isUuid } from "#app/people/uuid.ts";
import { theirs } from "./dismiss-match.server.ts";

/**
 * Whoever wrote these two posts is never brought together, by suggestion, alert or claim. They are not told. By a
 * coordinator of one of the two groups. Safe to repeat.
 *
 * @throws Problem `not-found` where there is no such pair for this person, `own-post` where one person wrote both.
 */
export async function keepApart(ctx: PersonCtx, pair: { needCode: string; offerCode: string }): Promise<void> {
  const { everywhere, groups } = coordination(ctx.person);
  if (!everywhere && groups.length === 0) throw new Problem("not-allowed");
  const { sql } = ctx.db;
  const [found] = await sql<{ same: boolean }[]>`
    with pair as (${theirs(ctx, pair)}), kept as (
      insert into kept_apart (person_id, other_id, by, at)
      select least(need_author, offer_author), greatest(need_author, offer_author), ${ctx.person.id}::uuid, ${ctx.now}::timestamptz
      from pair where need_author <> offer_author
      on conflict (person_id, other_id) do nothing
      returning person_id
    ), told as (
      insert into events (type, group_id, post_id, actor_id, at)
      select 'people.kept_apart', group_id, need_id, ${ctx.person.id}::uuid, ${ctx.now}::timestamptz
      from pair where exists (select from kept)
    )
    select need_author = offer_author as same from pair`;
  if (!found) throw new Problem("not-found");
  if (found.same) throw new Problem("own-post");
}

/** They may be brought together again. Safe to repeat. */
export async function bringTogether(ctx: PersonCtx, { one, other }: { one: string; other: string }): Promise<void> {
  if (!isUuid(one) || !isUuid(other)) throw new Problem("not-found");
  await ctx.db.sql`
    delete from kept_apart k
    where k.person_id = least(${one}::uuid, ${other}::uuid) and k.other_id = greatest(${one}::uuid, ${other}::uuid)
      and ${concerns(ctx)}`;
}

export type KeptApart = { one: { id: string; name: string | null }; other: { id: string; name: string | null } };

const MOST = 100;

/** Who is kept apart, as far as it concerns this coordinator; the newest first. */
export async function listKeptApart(ctx: PersonCtx): Promise<KeptApart[]> {
  type Row = { one: string; one_sealed: string | null; other: string; other_sealed: string | null };
  const rows = await ctx.db.sql<Row[]>`
    select a.id as one, a.name_sealed as one_sealed, b.id as other, b.name_sealed as other_sealed
    from kept_apart k join people a on a.id = k.person_id join people b on b.id = k.other_id
    where ${concerns(ctx)} order by k.at desc limit ${MOST}`;
  const named = (id: string, name_sealed: string | null) => ({ id, name: openName(ctx.seal, { id, name_sealed }) });
  return rows.map((row) => ({ one: named(row.one, row.one_sealed), other: named(row.other, row.other_sealed) }));
}

/**
 * This person keeps the two apart, or somebody does with whom they coordinate a group where one of the two has a post, or
 * both have posts in groups of theirs. A post of one of the two alone does not tell what went wrong between them elsewhere.
 */
function concerns(ctx: PersonCtx) {
  const { sql } = ctx.db;
  const { everywhere, groups } = coordination(ctx.person);
  const posted = (who: PendingQuery<Row[]>) =>
    sql`exists (select from posts p where p.author_id = ${who} and p.group_id = any(${groups}::uuid[]))`;
  return sql`(${everywhere} or k.by = ${ctx.person.id}::uuid or ${posted(sql`k.person_id`)} and ${posted(sql`k.other_id`)}
    or exists (select from memberships m join posts p on p.group_id = m.group_id
      where m.person_id = k.by and m.role = 'coordinator' and m.state = 'active' and m.group_id = any(${groups}::uuid[])
        and p.author_id in (k.person_id, k.other_id)))`;
}
