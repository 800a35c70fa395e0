import type { Ctx } from "../app/core/ctx.ts";
import { rowsOf } from "./seed/rows.server.ts";

export { DEMO_COORDINATOR, DEMO_PEOPLE } from "./seed/people.ts";

/**
 * Loads the demo neighbourhood into an empty database, in one statement: all of it or nothing. What it writes has
 * already been told, so no old text goes out.
 *
 * @returns false, without touching anything, when there are groups already.
 */
export async function seed(ctx: Ctx): Promise<boolean> {
  const { sql } = ctx.db;
  const rows = rowsOf(ctx);
  const json = (value: unknown) => sql.json(value as never);
  try {
    const [made] = await sql<{ n: number }[]>`
      with fresh as (select where not exists (select from groups)),
      made_people as (
        insert into people (id, name_sealed, phone_sealed, phone_lookup, locale, time_zone, quiet_from, quiet_to, languages,
          lat, lng, urgent_at_night, is_admin, verified_at, created_at)
        select id, name_sealed, phone_sealed, phone_lookup, locale, time_zone, quiet_from, quiet_to, languages,
          lat, lng, urgent_at_night, is_admin, verified_at, created_at
        from fresh, jsonb_populate_recordset(null::people, ${json(rows.people)})
        on conflict (phone_lookup) do nothing
      ), made_groups as (
        insert into groups select r.* from fresh, jsonb_populate_recordset(null::groups, ${json(rows.groups)}) r returning 1
      ), made_categories as (
        insert into categories select r.* from fresh, jsonb_populate_recordset(null::categories, ${json(rows.categories)}) r
      ), made_fits as (
        insert into category_fits select r.* from fresh, jsonb_populate_recordset(null::category_fits, ${json(rows.fits)}) r
      ), made_places as (
        insert into places select r.* from fresh, jsonb_populate_recordset(null::places, ${json(rows.places)}) r on conflict do nothing
      ), made_memberships as (
        insert into memberships select r.* from fresh, jsonb_populate_recordset(null::memberships, ${json(rows.memberships)}) r
      ), made_posts as (
        insert into posts (id, code, kind, group_id, category_id, author_id, title, details, quantity, remaining, confirmed, urgency,
          window_end, place, lat, lng, address_sealed, note_sealed, visibility, languages, answers, locale, status, closed_reason,
          closed_at, reopens_at, expires_at, first_claimed_at, manage_hash, created_at, updated_at)
        select id, code, kind, group_id, category_id, author_id, title, details, quantity, remaining, confirmed, urgency,
          window_end, place, lat, lng, address_sealed, note_sealed, visibility, languages, answers, locale, status, closed_reason,
          closed_at, reopens_at, expires_at, first_claimed_at, manage_hash, created_at, updated_at
        from fresh, jsonb_populate_recordset(null::posts, ${json(rows.posts)})
      ), made_claims as (
        insert into claims select r.* from fresh, jsonb_populate_recordset(null::claims, ${json(rows.claims)}) r
      ), made_threads as (
        insert into text_threads (phone_lookup, phone_sealed, last_heard_at, unread_since, updated_at)
        select phone_lookup, phone_sealed, last_heard_at, unread_since, updated_at
        from fresh, jsonb_populate_recordset(null::text_threads, ${json(rows.threads)})
        on conflict (phone_lookup) do nothing
      ), made_texts as (
        insert into inbound_texts (message_sid, phone_lookup, from_sealed, body_sealed, received_at, handled_at, outcome)
        select message_sid, phone_lookup, from_sealed, body_sealed, received_at, handled_at, outcome
        from fresh, jsonb_populate_recordset(null::inbound_texts, ${json(rows.texts)})
      ), made_events as (
        insert into events (type, group_id, post_id, claim_id, actor_id, data, at, fanned_out_at)
        select type, group_id, post_id, claim_id, actor_id, data, at, at
        from fresh, jsonb_populate_recordset(null::events, ${json(rows.events)})
      )
      select count(*)::int as n from made_groups`;
    return made!.n > 0;
  } catch (error) {
    // Another process loaded it in the same moment.
    if ((error as { code?: string }).code === "23505") return false;
    throw error;
  }
}
