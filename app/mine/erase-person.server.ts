import { releaseClaim } from "#app/claims/release-claim.server.ts";
import type { Ctx, PersonCtx } from "#app/core/ctx.ts";
import { forgetOwners } from "#app/core/sealing/archive-keys.server.ts";
import { Problem } from "#app/core/problems.ts";
import { closePost } from "#app/posts/close-post.server.ts";
import { emptied } from "./emptied.server.ts";

/**
 * Deletes everything about the asker. First what others rely on ends as it always does: open posts are withdrawn and promises handed
 * back, and whoever waits is told. Then one statement wipes what is left. Rows that are counted stay without anything in them, and the
 * ledger of who said STOP, which knows no person. Safe to repeat after any step.
 */
export async function erasePerson(ctx: PersonCtx): Promise<void> {
  const { sql } = ctx.db;
  const me = { ...ctx, person: { ...ctx.person, isAdmin: false, roles: {} } };
  const open = await sql<{ code: string }[]>`
    select code from posts where author_id = ${me.person.id}::uuid and status <> 'closed'`;
  for (const { code } of open) await closePost(me, { code, reason: "withdrawn" }).catch(unless("already-closed"));
  const live = await sql<{ id: string }[]>`
    select id from claims where person_id = ${me.person.id}::uuid and status in ('promised', 'on_the_way')`;
  for (const { id } of live) await releaseClaim(me, { id, reason: null }).catch(unless("wrong-step"));
  // Whoever holds a number of theirs from before only stands for it, unless they came to sign in.
  const held = await sql<{ id: string }[]>`
    select p.id from number_changes c join people p on p.id = c.kept_id
    where c.person_id = ${me.person.id}::uuid and p.verified_at is null and p.phone_lookup is not null`;
  for (const { id } of held) await wipe(ctx, id);
  await wipe(ctx, ctx.person.id);
}

/** Somebody else ended it a moment before. */
const unless = (kind: Problem["kind"]) => (error: unknown) => {
  if (!(error instanceof Problem) || error.kind !== kind) throw error;
};

/** Also of whoever never signed in: the author of a post they deleted by its link. */
export async function wipe(ctx: Ctx, personId: string): Promise<void> {
  const { sql } = ctx.db;
  const now = sql`${ctx.now}::timestamptz`;
  await sql`
    with me as (
      select id, phone_lookup from people where id = ${personId}::uuid for update
    ), posts_gone as (
      update posts p set ${emptied(ctx)} from me where p.author_id = me.id returning p.id
    ), notes_gone as (
      update claims c set note_sealed = null from me where c.person_id = me.id returning c.id
    ), talks as (
      select rp.relay_id as id from relay_parties rp join me on rp.person_id = me.id
    ), talk_over as (
      update relays r set closed_at = coalesce(r.closed_at, ${now}), closed_why = coalesce(r.closed_why, 'stopped') from talks where r.id = talks.id
    ), talk_shut as (
      update relay_parties rp set open = false from talks where rp.relay_id = talks.id
    ), talk_gone as (
      delete from relay_texts t using talks where t.relay_id = talks.id
    ), texts_gone as (
      update outbox o set body_sealed = null, updated_at = ${now},
        state = case when o.state in ('queued', 'claimed') then 'canceled' else o.state end,
        done_at = case when o.state in ('queued', 'claimed') then ${now} else o.done_at end
      from me where o.person_id = me.id and o.body_sealed is not null and o.state <> 'submitting'
    ), heard_gone as (
      update inbound_texts i set body_sealed = null, from_sealed = null from me where i.phone_lookup = me.phone_lookup
    ), calls_gone as (
      update voice_calls v set transcript_sealed = null, from_sealed = null from me where v.phone_lookup = me.phone_lookup
    ), thread_gone as (
      delete from text_threads t using me where t.phone_lookup = me.phone_lookup or t.person_id = me.id
    ), out_of_groups as (
      update memberships m set state = 'left', role = 'volunteer', note_sealed = null, alerts = false, hears_claims = false
      from me where m.person_id = me.id
    ), lines_left as (delete from waiting_list w using me where w.person_id = me.id
    ), views_gone as (delete from saved_views v using me where v.person_id = me.id
    ), rates_gone as (delete from outcome_rates r using me where r.scope = 'person' and r.key = me.id::text
    ), sessions_gone as (delete from sessions s using me where s.person_id = me.id
    ), tokens_gone as (delete from api_tokens a using me where a.person_id = me.id
    ), numbers_gone as (delete from number_changes n using me where n.person_id = me.id
    ), steps_gone as (delete from second_steps t using me where t.person_id = me.id
    ), codes_gone as (delete from sign_in_codes k using me where k.person_id = me.id
    ), gone as (
      update people p set name_sealed = null, phone_sealed = null, email_sealed = null, phone_lookup = null, is_admin = false,
        languages = '{}', lat = null, lng = null, verified_at = null, vouched_at = null
      from me where p.id = me.id returning p.id
    ), owners as (
      select 'person:' || id as owner from me union all select 'phone:' || phone_lookup from me
      union all select 'post:' || id from posts_gone union all select 'claim:' || id from notes_gone
      union all select 'relay:' || id from talks
    ), unreadable as (${forgetOwners(ctx)})
    insert into events (type, actor_id, data, at) select 'person.erased', id, '{}', ${now} from gone`;
}
