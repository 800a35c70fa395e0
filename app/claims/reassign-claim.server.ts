import type { PersonCtx } from "#app/core/ctx.ts";
import { newId } from "#app/core/ids.server.ts";
import { Problem } from "#app/core/problems.ts";
import { areKeptApart } from "#app/people/kept-apart.server.ts";
import { isUuid } from "#app/people/uuid.ts";
import { coordination, type Fragment } from "./scope.server.ts";
import { settled } from "./settled.server.ts";
import { stillLive } from "./why-not-moved.server.ts";

/** Why a promise ended that somebody else has taken over. */
export const REASSIGNED = "reassigned";

/**
 * A coordinator gives a live promise on a need to another active member of its group, with its amount and its time. In one statement
 * the one ends and the other begins, so that nothing of the need is ever open in between; an offer that backed it has its share back.
 * Both are told, and the requester hears who comes now.
 *
 * @throws Problem `not-found` where it is no promise on a need of their group, or the other is no member; `own-post`, `ask-coordinators`
 *   (kept apart) where those two cannot be brought together; `wrong-step` where it is no live promise any more, or theirs already.
 */
export async function reassignClaim(ctx: PersonCtx, { id, personId }: { id: string; personId: string }): Promise<void> {
  if (!isUuid(id) || !isUuid(personId)) throw new Problem("not-found");
  const { sql, now } = { sql: ctx.db.sql, now: ctx.now };
  const { everywhere, groups } = coordination(ctx.person);
  const scope = sql`(${everywhere} or p.group_id = any(${groups}::uuid[]))`;
  const newClaim = newId(ctx.now);
  const [made] = await settled(
    () => sql`
      with target as (
        select c.id, c.offer_id, c.quantity, p.group_id, p.remaining, c.status as was, c.nudge_at as nudge_was, c.ask_at as ask_was
        from claims c join posts p on p.id = c.post_id
        where c.id = ${id}::uuid and ${scope} and p.kind = 'need' and p.status = 'open' and c.status in ('promised', 'on_the_way')
          and c.person_id <> ${personId}::uuid and p.author_id <> ${personId}::uuid
          and exists (select from memberships m where m.person_id = ${personId}::uuid and m.group_id = p.group_id and m.state = 'active')
          and not ${areKeptApart(ctx, sql`p.author_id`, sql`${personId}::uuid`)}
        for update of c
      ), ended as (
        update claims c set status = 'released', release_reason = ${REASSIGNED}, nudge_at = null, ask_at = null, updated_at = ${now}::timestamptz
        from target where c.id = target.id and c.status in ('promised', 'on_the_way')
        returning c.*, target.group_id, target.remaining, target.was, target.nudge_was, target.ask_was
      ), given_back as (
        update posts o set remaining = o.remaining + ended.quantity, updated_at = ${now}::timestamptz
        from ended where o.id = ended.offer_id
      ), made as (
        insert into claims (id, post_id, person_id, quantity, eta, due_at, lapses_at, nudge_at, ask_at, idempotency_key, request_hash,
          created_at, updated_at)
        select ${newClaim}::uuid, post_id, ${personId}::uuid, quantity, eta, greatest(due_at, ${now}::timestamptz + interval '1 hour'),
          greatest(lapses_at, ${now}::timestamptz + interval '3 hours'), null, greatest(due_at, ${now}::timestamptz + interval '1 hour'),
          ${`reassigned as ${newClaim}`}, '', ${now}::timestamptz, ${now}::timestamptz
        from ended returning id, post_id, quantity
      ), told as (
        insert into events (type, group_id, post_id, claim_id, actor_id, data, at, hold_until)
        select 'claim.reassigned', group_id, post_id, id, ${ctx.person.id}::uuid, jsonb_build_object('quantity', quantity, 'was', was,
            'nudge_at', nudge_was, 'ask_at', ask_was, 'made', ${newClaim}::uuid), ${now}::timestamptz, ${ctx.holdUntil ?? null}::timestamptz
        from ended
        union all
        select 'post.claimed', ended.group_id, made.post_id, made.id, ${ctx.person.id}::uuid,
          jsonb_build_object('quantity', made.quantity, 'remaining', ended.remaining), ${now}::timestamptz,
          ${ctx.holdUntil ?? null}::timestamptz
        from made join ended on ended.post_id = made.post_id
      )
      select id from made`,
  );
  if (!made) await whyNot(ctx, id, personId, scope);
}

async function whyNot(ctx: PersonCtx, id: string, personId: string, scope: Fragment): Promise<never> {
  const [row] = await ctx.db.sql<{ author: boolean; apart: boolean; theirs: boolean; member: boolean }[]>`
    select p.author_id = ${personId}::uuid as author, ${areKeptApart(ctx, ctx.db.sql`p.author_id`, ctx.db.sql`${personId}::uuid`)} as apart,
      c.person_id = ${personId}::uuid as theirs,
      exists (select from memberships m where m.person_id = ${personId}::uuid and m.group_id = p.group_id and m.state = 'active') as member
    from claims c join posts p on p.id = c.post_id where c.id = ${id}::uuid and ${scope} and p.kind = 'need'`;
  if (!row || !row.member) throw new Problem("not-found");
  if (row.author) throw new Problem("own-post");
  if (row.apart) throw new Problem("ask-coordinators");
  if (!row.theirs) await stillLive(ctx, id, scope);
  throw new Problem("wrong-step");
}
