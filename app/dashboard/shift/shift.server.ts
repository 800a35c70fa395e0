import type { PersonCtx } from "#app/core/ctx.ts";
import { newId } from "#app/core/ids.server.ts";
import { Problem } from "#app/core/problems.ts";
import { hideInName } from "#app/people/hiding/hide.ts";
import { openName } from "#app/people/person.server.ts";
import type { GroupInView } from "../scope.server.ts";
import { HAPPENED, LONGEST_NOTE, type Happened, type Shift } from "./shift.ts";

type Promised = {
  id: string;
  title: string;
  quantity: number;
  dueAt: Date;
  person_id: string;
  name_sealed: string | null;
  total: number;
};

const USUAL_HOURS = 8;
const LONGEST_DAYS = 14;
const MOST_NOTES = 10;
const LINES = 30;
/** So many are shown when all are asked for; nobody reads on. */
const MOST_LINES = 1000;

/**
 * What whoever comes on shift has to know of these groups. The groups must come from `groupsInView`.
 *
 * @param hours so many back; null: since the reader's own last note, or eight hours.
 * @param all every line, not only the first.
 */
export async function readShift(
  ctx: PersonCtx,
  groups: readonly GroupInView[],
  { hours = null, all = false }: { hours?: number | null; all?: boolean } = {},
): Promise<Shift> {
  const { sql } = ctx.db;
  const ids = groups.map(({ id }) => id);
  const since = hours === null ? await sinceMyNote(ctx, ids) : new Date(ctx.now.getTime() - hours * 3_600_000);
  const lines = all ? MOST_LINES : LINES;
  const [notes, counts, fresh, promises] = await Promise.all([
    sql<{ id: string; words_sealed: string; at: Date; person_id: string; name_sealed: string | null }[]>`
      select n.id, n.words_sealed, n.created_at as at, n.person_id, a.name_sealed
      from shift_notes n join people a on a.id = n.person_id
      where n.group_id = any(${ids}::uuid[]) order by n.created_at desc limit ${MOST_NOTES}`,
    sql<{ type: Happened; n: number }[]>`
      select type, count(*)::int as n from events
      where group_id = any(${ids}::uuid[]) and at >= ${since}::timestamptz and type = any(${[...HAPPENED]}::text[]) and not data ? 'undone'
      group by type`,
    sql<(Shift["fresh"][number] & { total: number })[]>`
      select code, title, remaining, created_at as at, count(*) over ()::int as total from posts
      where group_id = any(${ids}::uuid[]) and kind = 'need' and claimable and created_at >= ${since}::timestamptz
      order by created_at, id limit ${lines}`,
    sql<Promised[]>`
      select k.id, p.title, k.quantity, k.due_at as "dueAt", k.person_id, who.name_sealed, count(*) over ()::int as total
      from claims k join posts p on p.id = k.post_id join people who on who.id = k.person_id
      where k.status in ('promised', 'on_the_way') and p.status = 'open' and p.group_id = any(${ids}::uuid[])
      order by k.due_at, k.id limit ${lines}`,
  ]);
  const name = (row: { person_id: string; name_sealed: string | null }) =>
    hideInName(openName(ctx.seal, { id: row.person_id, name_sealed: row.name_sealed }));
  return {
    since,
    notes: notes.map((row) => ({
      id: row.id,
      who: name(row),
      words: ctx.seal.read(row.words_sealed, { table: "shift_notes", column: "words_sealed", row: row.id }) ?? "",
      at: row.at,
    })),
    counts: Object.fromEntries(counts.map(({ type, n }) => [type, n])),
    fresh: fresh.map(({ total: _total, ...one }) => one),
    totals: { fresh: fresh[0]?.total ?? 0, promises: promises[0]?.total ?? 0 },
    promises: promises.map(({ id, title, quantity, dueAt, ...who }) => ({
      id,
      title,
      quantity,
      dueAt,
      who: name(who),
    })),
  };
}

async function sinceMyNote(ctx: PersonCtx, groups: string[]): Promise<Date> {
  const [row] = await ctx.db.sql<{ at: Date | null }[]>`
    select max(created_at) as at from shift_notes
    where person_id = ${ctx.person.id}::uuid and group_id = any(${groups}::uuid[])
      and created_at > ${ctx.now}::timestamptz - make_interval(days => ${LONGEST_DAYS})`;
  return row?.at ?? new Date(ctx.now.getTime() - USUAL_HOURS * 3_600_000);
}

/** Leaves a note to the next shift of a group, sealed. @throws Problem `invalid-input` with `{ field: "words" }`. */
export async function leaveNote(ctx: PersonCtx, group: GroupInView, words: string): Promise<void> {
  const said = words.trim();
  if (said === "" || said.length > LONGEST_NOTE) throw new Problem("invalid-input", { field: "words" });
  const id = newId(ctx.now);
  const sealed = ctx.seal.seal(said, { table: "shift_notes", column: "words_sealed", row: id });
  await ctx.db.sql`
    insert into shift_notes (id, group_id, person_id, words_sealed, created_at)
    values (${id}::uuid, ${group.id}::uuid, ${ctx.person.id}::uuid, ${sealed}, ${ctx.now}::timestamptz)`;
}
