import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { openMemberNote } from "#app/groups/member-note.server.ts";
import { openName } from "#app/people/person.server.ts";
import { isUuid } from "#app/people/uuid.ts";
import { momentsOf, USUAL_DAYS } from "../period.ts";
import { canBeAsked } from "../report/ready.server.ts";
import type { GroupInView } from "../scope.server.ts";
import type { GroupPerson } from "./people-filter.ts";

type Days = { from: Date; to: Date };
type Row = {
  id: string;
  name_sealed: string | null;
  group_id: string;
  role: GroupPerson["role"];
  state: GroupPerson["state"];
  alerts: boolean;
  created_at: Date;
  vetted_at: Date | null;
  vetted_by: string | null;
  vetter_sealed: string | null;
  note_sealed: string | null;
  paused_until: Date | null;
  rest_given: boolean;
  locale: string;
  languages: string[];
  last_asked: Date | null;
  unasked: boolean;
  live: number;
};

/** So many are opened at once; more are found by choosing a group. */
export const MOST_PEOPLE = 1000;

/**
 * Who is in these groups, who asks to be first. The groups must come from `groupsInView`.
 *
 * @param of one person, also when they left.
 */
async function readPeople(
  ctx: PersonCtx,
  groups: readonly GroupInView[],
  of: string | null,
  days: Days,
): Promise<Row[]> {
  const ids = groups.map(({ id }) => id);
  return ctx.db.sql<Row[]>`
    select p.id, p.name_sealed, m.group_id, m.role, m.state, m.alerts, m.created_at, m.vetted_at, m.vetted_by,
      v.name_sealed as vetter_sealed, m.note_sealed, p.locale, p.languages,
      nullif(greatest(
        case when m.paused_until > ${ctx.now}::timestamptz then m.paused_until else '-infinity' end,
        case when p.paused_until > ${ctx.now}::timestamptz then p.paused_until else '-infinity' end), '-infinity') as paused_until,
      coalesce(m.paused_until > ${ctx.now}::timestamptz, false) as rest_given,
      (select max(a.asked_at) from asks a join posts n on n.id = a.post_id
        where a.person_id = p.id and n.group_id = m.group_id) as last_asked,
      m.state = 'active' and exists (select from people h where h.id = p.id and ${canBeAsked(ctx)})
        and not exists (select from asks a join posts n on n.id = a.post_id where a.person_id = p.id
          and n.group_id = any(${ids}::uuid[])
          and a.asked_at >= ${days.from}::timestamptz and a.asked_at < ${days.to}::timestamptz) as unasked,
      (select count(*)::int from claims k join posts on posts.id = k.post_id
        where k.person_id = p.id and k.status in ('promised', 'on_the_way') and posts.group_id = m.group_id) as live
    from memberships m join people p on p.id = m.person_id left join people v on v.id = m.vetted_by
    where m.group_id = any(${ids}::uuid[])
      and (${of}::uuid is null and m.state <> 'left' or m.person_id = ${of}::uuid)
    order by m.state = 'active', m.role, m.created_at, p.id limit ${MOST_PEOPLE}`;
}

function toPerson(ctx: PersonCtx, row: Row, groups: readonly GroupInView[]): GroupPerson {
  return {
    personId: row.id,
    name: openName(ctx.seal, row),
    group: groups.find(({ id }) => id === row.group_id)!,
    role: row.role,
    state: row.state,
    alerts: row.alerts,
    since: row.created_at.getTime(),
    vettedAt: row.vetted_at?.getTime() ?? null,
    pausedUntil: row.paused_until?.getTime() ?? null,
    languages: [...new Set([row.locale, ...row.languages])],
    lastAsked: row.last_asked?.getTime() ?? null,
    unasked: row.unasked,
    live: row.live,
  };
}

/** Everybody in these groups. The groups must come from `groupsInView`. @param days of `unasked` */
export async function groupPeople(
  ctx: PersonCtx,
  groups: readonly GroupInView[],
  days: Days = momentsOf(USUAL_DAYS, ctx.now),
): Promise<GroupPerson[]> {
  const rows = await readPeople(ctx, groups, null, days);
  return rows.map((row) => toPerson(ctx, row, groups));
}

/** `restGiven`: by a coordinator, who can end it. */
export type OnePerson = GroupPerson & { vettedBy: string | null; note: string | null; restGiven: boolean };

/**
 * One person in one group, with what coordinators noted. The group must come from `groupsInView`.
 *
 * @throws Problem `not-found` for who never asked to be in it.
 */
export async function groupPerson(ctx: PersonCtx, group: GroupInView, personId: string): Promise<OnePerson> {
  const [row] = isUuid(personId) ? await readPeople(ctx, [group], personId, momentsOf(USUAL_DAYS, ctx.now)) : [];
  if (!row) throw new Problem("not-found");
  return {
    ...toPerson(ctx, row, [group]),
    vettedBy: row.vetted_by && openName(ctx.seal, { id: row.vetted_by, name_sealed: row.vetter_sealed }),
    restGiven: row.rest_given,
    note: openMemberNote(ctx.seal, { groupId: group.id, personId }, row.note_sealed),
  };
}
