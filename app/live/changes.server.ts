import type { Db } from "#db/client.server.ts";

/** That something happened to a post, and what kind of thing; never any words. */
export type Change = { id: number; type: string; groupId: string; code: string; at: Date };

/** So many at once; more are read in the next breath. */
export const MOST_CHANGES = 2_000;

/** What happened after an event, oldest first, and how far was read (events that are not about a post count too). */
export async function readChanges(db: Db, after: number): Promise<{ changes: Change[]; upTo: number; more: boolean }> {
  const rows = await db.sql<{ id: string; type: string; groupId: string | null; code: string | null; at: Date }[]>`
    select e.id, e.type, e.group_id as "groupId", p.code, e.at from events e left join posts p on p.id = e.post_id
    where e.id > ${after} order by e.id limit ${MOST_CHANGES}`;
  const changes = rows.flatMap(({ id, type, groupId, code, at }) =>
    groupId && code ? [{ id: Number(id), type, groupId, code, at }] : [],
  );
  return { changes, upTo: Number(rows.at(-1)?.id ?? after), more: rows.length === MOST_CHANGES };
}

/** The newest event there is. Read before the rows of a page, so that whoever goes on from it misses nothing. */
export async function newestChange(db: Db): Promise<number> {
  const [row] = await db.sql<{ id: string | null }[]>`select max(id) as id from events`;
  return Number(row?.id ?? 0);
}
