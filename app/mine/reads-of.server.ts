import type { Ctx } from "#app/core/ctx.ts";

/** Somebody looked at a person's contact: as a coordinator of the group, or as whoever had promised to help. */
export type Read = { at: string; code: string; title: string; group: string; as: "coordinator" | "helper" };

const MOST = 500;

/** Who looked at the number, the address or the notes of somebody's posts, the newest first: in which role, not who. */
export async function readsOf({ db: { sql } }: Ctx, personId: string): Promise<Read[]> {
  const rows = await sql<(Omit<Read, "at"> & { at: Date })[]>`
    select e.at, p.code, p.title, g.name as "group",
      case when exists (select from claims c where c.post_id = p.id and c.person_id = e.actor_id) then 'helper' else 'coordinator' end as "as"
    from events e join posts p on p.id = e.post_id join groups g on g.id = p.group_id
    where e.type = 'contact.seen' and p.author_id = ${personId}::uuid and e.actor_id is distinct from p.author_id
    order by e.id desc limit ${MOST}`;
  return rows.map(({ at, ...read }) => ({ ...read, at: at.toISOString() }));
}
