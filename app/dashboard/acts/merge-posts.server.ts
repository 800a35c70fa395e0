import type { PendingQuery, Row } from "postgres";
import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { settled } from "#app/claims/settled.server.ts";
import { findOwnPost, runsGroup, type OwnPostRow } from "#app/posts/own-post.server.ts";

/**
 * Two posts are the same thing, told twice: one goes on for both. What is promised on the other, and who waits in line for it, moves
 * over; the other is closed as declined (so no figure counts it), leads to the one that stays, and its author is told.
 *
 * @param input `keep` and `drop`: codes; `revision`: of the one that is dropped, as it was seen.
 * @throws Problem `not-found`, `not-allowed`, `own-post` (the same twice, or a need and an offer), `changed-meanwhile`,
 *   `already-closed`, `already-covered` with `{ remaining }` when the one that stays has no room for the other's promises;
 *   `invalid-input` with `{ field: "keep", why }` where promises cannot move there: it waits to be read (`in_review`), its author
 *   made one of them (`holds`), or somebody else's offer stands behind them (`backs`).
 */
export async function mergePosts(
  ctx: PersonCtx,
  { keep, drop, revision }: { keep: string; drop: string; revision: number },
): Promise<void> {
  const [kept, dropped] = [await findOwnPost(ctx, { code: keep }), await findOwnPost(ctx, { code: drop })];
  if (!runsGroup(ctx, kept.group_id) || !runsGroup(ctx, dropped.group_id)) throw new Problem("not-allowed");
  if (kept.id === dropped.id) throw new Problem("own-post");
  for (let tries = 0; tries < 3; tries++) {
    if (await merge(ctx, { kept, dropped, revision })) return;
  }
  await whyNot(ctx, { keep, drop, revision });
}

/**
 * The rows of both are locked, but a promise made while this waited for them is not in its sight: then what is promised and what the
 * post says is promised differ, nothing happens, and it is tried again.
 */
async function merge(
  ctx: PersonCtx,
  { kept, dropped, revision }: { kept: OwnPostRow; dropped: OwnPostRow; revision: number },
): Promise<boolean> {
  const { sql } = ctx.db;
  const now = sql`${ctx.now}::timestamptz`;
  const [merged] = await settled(
    () => sql`
      with locked as (
        select p.id, p.kind, p.status, p.quantity, p.remaining, p.confirmed, p.revision, p.author_id, p.first_claimed_at
        from posts p
        where p.id in (${kept.id}::uuid, ${dropped.id}::uuid) order by p.id for update
      ), pair as (
        select k.id as kept, d.id as dropped,
          coalesce((select sum(c.quantity) from claims c where d.id in (c.post_id, c.offer_id) and c.status in ('promised', 'on_the_way')), 0)::int as promised
        from locked k, locked d
        where k.id = ${kept.id}::uuid and d.id = ${dropped.id}::uuid and k.kind = d.kind and k.status <> 'closed' and d.status <> 'closed'
          and d.revision = ${revision}::int and d.quantity - d.remaining - d.confirmed = coalesce((
            select sum(coalesce(c.delivered_quantity, c.quantity)) from claims c
            where d.id in (c.post_id, c.offer_id) and c.status in ('promised', 'on_the_way', 'delivered')), 0)
          and not exists (select from claims c where ${unmovable(ctx)})
      ), fits as (
        select pair.*, k.first_claimed_at, d.status as was from pair join locked k on k.id = pair.kept join locked d on d.id = pair.dropped
        where k.remaining >= pair.promised and (k.status = 'open' or pair.promised = 0)
      ), moved as (
        update claims c set post_id = case when c.post_id = fits.dropped then fits.kept else c.post_id end,
          offer_id = case when c.offer_id = fits.dropped then fits.kept else c.offer_id end, updated_at = ${now}
        from fits where fits.dropped in (c.post_id, c.offer_id) and c.status in ('promised', 'on_the_way')
        returning c.id, c.post_id, c.quantity
      ), asked as (
        update questions q set post_id = moved.post_id from moved where q.claim_id = moved.id and q.closed_at is null
      ), taken as (
        update posts p set remaining = p.remaining - fits.promised, revision = p.revision + 1, updated_at = ${now},
          first_claimed_at = case when fits.promised > 0 then coalesce(p.first_claimed_at, ${now}) else p.first_claimed_at end
        from fits where p.id = fits.kept
        returning p.revision
      ), line as (
        select w.*, not exists (select from waiting_list k where k.post_id = fits.kept and k.person_id = w.person_id) as new
        from waiting_list w join fits on w.post_id = fits.dropped
      ), closed as (
        update posts p set status = 'closed', closed_reason = 'declined', closed_at = ${now}, merged_into = fits.kept,
          remaining = p.remaining + fits.promised, revision = p.revision + 1, reopens_at = null, updated_at = ${now}
        from fits where p.id = fits.dropped
        returning p.id, p.group_id, p.revision, fits.kept, fits.was, fits.first_claimed_at
      ), waiting as (
        insert into waiting_list (post_id, person_id, quantity, created_at)
        select fits.kept, line.person_id, line.quantity, line.created_at from line, fits
        on conflict (post_id, person_id) do nothing
      ), left_line as (
        delete from waiting_list w using fits where w.post_id = fits.dropped
      )
      insert into events (type, group_id, post_id, actor_id, data, at, hold_until)
      select 'post.merged', closed.group_id, closed.id, ${ctx.person.id}::uuid,
        jsonb_build_object('code', ${kept.code}::text, 'moved', (select count(*) from moved), 'revision', closed.revision, 'was',
          jsonb_build_object('kept', closed.kept, 'kept_revision', taken.revision, 'status', closed.was,
            'first_claimed_at', closed.first_claimed_at, 'claims', coalesce((select jsonb_agg(id) from moved), '[]'),
            'line', coalesce((select jsonb_agg(to_jsonb(line)) from line), '[]'))),
        ${now}, ${ctx.holdUntil ?? null}::timestamptz
      from closed, taken
      returning id`,
  );
  return merged !== undefined;
}

/** A live promise `c` on the dropped post `d` that cannot go on under `k`: nobody promises themselves, nor out of another's offer. */
const unmovable = ({ db: { sql } }: PersonCtx): PendingQuery<Row[]> => sql`
  c.status in ('promised', 'on_the_way')
    and (c.post_id = d.id and c.person_id = k.author_id or c.offer_id = d.id and k.author_id <> d.author_id)`;

async function whyNot(
  ctx: PersonCtx,
  { keep, drop, revision }: { keep: string; drop: string; revision: number },
): Promise<never> {
  const [kept, dropped] = [await findOwnPost(ctx, { code: keep }), await findOwnPost(ctx, { code: drop })];
  if (kept.status === "closed" || dropped.status === "closed") throw new Problem("already-closed");
  if (dropped.revision !== revision) throw new Problem("changed-meanwhile");
  const [pair] = await ctx.db.sql<{ alike: boolean; live: boolean; stuck: "holds" | "backs" | null }[]>`
    select k.kind = d.kind as alike,
      exists (select from claims c where d.id in (c.post_id, c.offer_id) and c.status in ('promised', 'on_the_way')) as live,
      (select case when c.post_id = d.id then 'holds' else 'backs' end from claims c where ${unmovable(ctx)} limit 1) as stuck
    from posts k, posts d where k.id = ${kept.id}::uuid and d.id = ${dropped.id}::uuid`;
  if (!pair?.alike) throw new Problem("own-post");
  if (pair.stuck) throw new Problem("invalid-input", { field: "keep", why: pair.stuck });
  if (pair.live && kept.status !== "open") throw new Problem("invalid-input", { field: "keep", why: "in_review" });
  throw new Problem("already-covered", { remaining: kept.remaining });
}
