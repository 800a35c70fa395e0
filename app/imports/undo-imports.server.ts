import type { Ctx } from "#app/core/ctx.ts";

const PORTION = 500;
const REPORT_DAYS = 7;

/**
 * Takes a portion of every list back that is being undone: posts nobody has done anything with since, that is those with no event and
 * no change, and with them whoever came in by them alone and was never in touch. What was touched stays, with its people.
 *
 * Safe to repeat. @returns how many posts went.
 */
export async function undoImports(ctx: Ctx): Promise<number> {
  const { sql } = ctx.db;
  const undoing = await sql<
    { id: string }[]
  >`select id from imports where state = 'undoing' order by updated_at limit 3`;
  let gone = 0;
  for (const { id } of undoing) gone += await undoPortion(ctx, id);
  return gone;
}

async function undoPortion({ db: { sql }, now }: Ctx, id: string): Promise<number> {
  const [portion] = await sql<{ n: number }[]>`
    with here as (
      select id, created_at from imports where id = ${id}::uuid and state = 'undoing' for update
    ), untouched as (
      select p.id, p.author_id from here join posts p on p.import_id = here.id
      where p.revision = 0 and p.status = 'open' and p.remaining = p.quantity
        and not exists (select from events e where e.post_id = p.id) and not exists (select from claims k where p.id in (k.post_id, k.offer_id))
      limit ${PORTION} for update of p
    ), gone as (
      delete from posts p using untouched u
      where p.id = u.id and p.revision = 0 and p.status = 'open' and p.remaining = p.quantity returning p.id, p.author_id
    ), forgotten as (
      delete from people a using here
      where a.id in (select author_id from gone) and a.created_at = here.created_at and a.verified_at is null
        and not exists (select from posts p where p.author_id = a.id and p.id not in (select id from gone))
        and not exists (select from claims k where k.person_id = a.id)
        and not exists (select from memberships m where m.person_id = a.id)
        and not exists (select from text_threads t where t.phone_lookup = a.phone_lookup)
    ), moved as (
      update imports i set done = i.done + (select count(*) from gone), updated_at = ${now}::timestamptz,
        state = case when exists (select from gone) then i.state else 'undone' end
      from here where i.id = here.id
    )
    select count(*)::int as n from gone`;
  return portion?.n ?? 0;
}

/** Forgets lists nobody began within a day, and after a week the lines that could not be brought in. Safe to repeat. @returns how many. */
export async function forgetImports({ db: { sql }, now }: Ctx): Promise<number> {
  const rows = await sql`
    with left_alone as (
      delete from imports where state in ('mapping', 'checked') and updated_at < ${now}::timestamptz - interval '1 day' returning id
    ), old as (
      update imports set report_sealed = null
      where report_sealed is not null and state not in ('mapping', 'checked')
        and created_at < ${now}::timestamptz - make_interval(days => ${REPORT_DAYS}) returning id
    )
    select id from left_alone union all select id from old`;
  return rows.length;
}
