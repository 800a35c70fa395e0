import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { findOwnPost, runsGroup } from "#app/posts/own-post.server.ts";

/**
 * Sends a post to the group that can really help, once its author agreed: it is theirs then, and the sender's group keeps an eye on
 * it. Promises stay. Where the other group reads posts first it waits there, unless the sender runs that group too.
 *
 * @param input `agreed`: the author said yes; without it nothing is sent.
 * @throws Problem `not-found`, `not-allowed`, `changed-meanwhile`, `already-closed`, `invalid-input` with the field to mend.
 */
export async function sendOn(
  ctx: PersonCtx,
  { code, to, agreed, revision }: { code: string; to: string; agreed: boolean; revision: number },
): Promise<void> {
  const { sql } = ctx.db;
  const post = await findOwnPost(ctx, { code });
  if (!runsGroup(ctx, post.group_id)) throw new Problem("not-allowed");
  if (!agreed) throw new Problem("invalid-input", { field: "agreed" });
  const [group] = await sql<
    { id: string }[]
  >`select id from groups where slug = ${to} and id <> ${post.group_id}::uuid`;
  if (!group) throw new Problem("invalid-input", { field: "to" });
  const trusted = runsGroup(ctx, group.id);
  const [sent] = await sql`
    with before as (
      select b.*, (select to_jsonb(w) from post_watchers w where w.post_id = b.id and w.group_id = ${group.id}::uuid) as watching,
        exists (select from post_watchers w where w.post_id = b.id and w.group_id = b.group_id) as watched
      from posts b where b.id = ${post.id}::uuid for update of b
    ), sent as (
      update posts p set group_id = g.id, revision = p.revision + 1, updated_at = ${ctx.now}::timestamptz,
        category_id = (select other.id from categories mine join categories other on other.slug = mine.slug and other.group_id = g.id
          where mine.id = p.category_id and other.archived_at is null),
        status = case when g.moderates and not ${trusted}::boolean then 'in_review' else p.status end,
        unapproved = p.unapproved or (g.moderates and not ${trusted}::boolean)
      from groups g, before
      where p.id = before.id and g.id = ${group.id}::uuid and p.group_id = ${post.group_id}::uuid and p.status <> 'closed'
        and p.revision = ${revision}::int
      returning p.id, p.group_id, jsonb_build_object('revision', p.revision, 'was', jsonb_build_object('group_id', before.group_id,
        'category_id', before.category_id, 'status', before.status, 'unapproved', before.unapproved, 'watched', before.watched,
        'watching', before.watching)) as data
    ), watched as (
      insert into post_watchers (post_id, group_id, person_id, created_at)
      select id, ${post.group_id}::uuid, ${ctx.person.id}::uuid, ${ctx.now}::timestamptz from sent
      on conflict (post_id, group_id) do update set person_id = excluded.person_id, created_at = excluded.created_at
    ), no_more as (
      delete from post_watchers w using sent where w.post_id = sent.id and w.group_id = sent.group_id
    )
    insert into events (type, group_id, post_id, actor_id, data, at, hold_until)
    select 'post.sent_on', group_id, id, ${ctx.person.id}::uuid, data, ${ctx.now}::timestamptz, ${ctx.holdUntil ?? null}::timestamptz
    from sent
    returning id`;
  if (sent) return;
  const now = await findOwnPost(ctx, { code });
  throw new Problem(now.status === "closed" ? "already-closed" : "changed-meanwhile");
}
