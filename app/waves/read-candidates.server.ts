import type { Ctx } from "#app/core/ctx.ts";
import type { Candidate } from "#app/matching/rank-people.ts";
import type { QuietHours } from "#app/people/quiet-hours.ts";
import type { Visibility } from "#app/posts/post.ts";

/** Somebody who may be asked, and when they sleep. */
export type Askable = Candidate & QuietHours & { urgentAtNight: boolean };

/** As many are compared with each other at once: those whose turn is longest ago. */
const MOST_CANDIDATES = 500;
/** Answers are judged by the last needs somebody was asked about. */
const REMEMBERED_ASKS = 20;

type Need = {
  id: string;
  roundAt: Date;
  groupId: string;
  categoryId: string | null;
  authorId: string;
  visibility: Visibility;
};

/**
 * Who may be asked about a need and was not yet: members of its group who want to hear of its category, can be texted,
 * have not paused and are under their monthly cap; a post for the team goes to coordinators only. Who has to do with it
 * already (wrote it, promised it, waits in line for it) knows of it.
 */
export function readCandidates(ctx: Ctx, need: Need): Promise<Askable[]> {
  const { now } = ctx;
  const { sql } = ctx.db;
  return sql<Askable[]>`
    with known as materialized (
      select m.person_id, m.category_ids <> '{}' as chose, last.asked_at,
        case when p.monthly_cap is not null then p.monthly_cap - greatest(
          (select count(*) from outbox o where o.person_id = p.id and o.lane = 9 and o.template <> 'covered'
            and o.created_at >= date_trunc('month', ${now}::timestamptz)),
          (select count(*) from asks a where a.person_id = p.id and a.asked_at >= date_trunc('month', ${now}::timestamptz))
        ) end as alerts_left
      from memberships m join people p on p.id = m.person_id
      left join lateral (
        select a.asked_at from asks a where a.person_id = m.person_id order by a.asked_at desc limit 1
      ) last on true
      where m.group_id = ${need.groupId}::uuid and m.state = 'active' and m.alerts
        and (${need.visibility} <> 'team' or m.role = 'coordinator')
        and (m.category_ids = '{}' or ${need.categoryId}::uuid = any(m.category_ids))
        and m.person_id <> ${need.authorId}::uuid and p.phone_sealed is not null
        and (p.paused_until is null or p.paused_until <= ${now}::timestamptz)
        and coalesce((select ce.action from consent_events ce
          where ce.phone_lookup = p.phone_lookup order by ce.id desc limit 1), 'in') <> 'out'
        and not exists (select from asks a where a.post_id = ${need.id}::uuid and a.person_id = m.person_id
          and a.asked_at >= ${need.roundAt}::timestamptz)
        and not exists (select from claims c where c.post_id = ${need.id}::uuid and c.person_id = m.person_id
          and c.created_at >= ${need.roundAt}::timestamptz)
        and not exists (select from waiting_list w where w.post_id = ${need.id}::uuid and w.person_id = m.person_id)
    )
    select p.id, p.lat, p.lng, p.languages || p.locale as languages, p.time_zone as "timeZone",
      p.quiet_from as "quietFrom", p.quiet_to as "quietTo", p.urgent_at_night as "urgentAtNight",
      k.chose as "choseCategory", k.asked_at as "lastAskedAt", k.alerts_left::int as "alertsLeft",
      history.asked, history.answered, load.promises
    from (select * from known where alerts_left is null or alerts_left > 0
      order by asked_at nulls first limit ${MOST_CANDIDATES}) k
    join people p on p.id = k.person_id
    cross join lateral (
      select count(*)::int as asked, count(answered_at)::int as answered from (
        select a.answered_at from asks a where a.person_id = k.person_id
        order by a.asked_at desc limit ${REMEMBERED_ASKS}) remembered
    ) history
    cross join lateral (
      select count(*)::int as promises from claims c where c.person_id = k.person_id
        and c.status in ('promised', 'on_the_way') and c.created_at > ${now}::timestamptz - interval '60 days'
    ) load`;
}
