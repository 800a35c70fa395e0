import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { TAKE_BACK_HOURS } from "./change-number.server.ts";
import { openPhone } from "./person.server.ts";
import { signOutAll } from "./sessions.server.ts";

/** Who moved on to another number from the asker's, and when; null when nobody did, or it is too late. */
export type Moved = { personId: string; at: Date; digits: string };

const since = ({ now }: PersonCtx) => new Date(now.getTime() - TAKE_BACK_HOURS * 3_600_000);

/** Whether the asker's number was somebody's until lately who has another one now. */
export async function movedFromMine(ctx: PersonCtx): Promise<Moved | null> {
  const [row] = await ctx.db.sql<{ id: string; at: Date; phone_sealed: string | null }[]>`
    select p.id, c.at, p.phone_sealed from number_changes c join people p on p.id = c.person_id
    where c.kept_id = ${ctx.person.id}::uuid and c.undone_at is null and c.at > ${since(ctx)}::timestamptz
    order by c.at desc limit 1`;
  return row ? { personId: row.id, at: row.at, digits: openPhone(ctx.seal, row)?.slice(-2) ?? "" } : null;
}

/**
 * Gives the person who moved on their old number back, which the asker has. Both are signed out everywhere, so that who comes next has to
 * prove all that signing in asks for; what was moved on to in between can take nothing back any more, and a passkey or an app that came
 * after the move goes with it.
 *
 * @throws Problem `wrong-step` when there is nothing to take back (any more).
 */
export async function takeNumberBack(ctx: PersonCtx): Promise<void> {
  const { sql } = ctx.db;
  const now = sql`${ctx.now}::timestamptz`;
  const moved = await movedFromMine(ctx);
  const [mine] = await sql<{ id: string; phone_sealed: string | null; phone_lookup: string | null }[]>`
    select id, phone_sealed, phone_lookup from people where id = ${ctx.person.id}::uuid`;
  const phone = mine && openPhone(ctx.seal, mine);
  if (!moved || !phone) throw new Problem("wrong-step");
  const sealed = ctx.seal.seal(phone, { table: "people", column: "phone_sealed", row: moved.personId });
  const restored = await sql`
    with change as (
      update number_changes c set undone_at = ${now}
      where c.kept_id = ${mine.id}::uuid and c.person_id = ${moved.personId}::uuid and c.undone_at is null and c.at = ${moved.at}::timestamptz
        and exists (select from people p where p.id = c.kept_id and p.phone_lookup = ${mine.phone_lookup})
      returning c.person_id, c.kept_id, c.at
    ), later as (
      update number_changes l set undone_at = ${now} from change
      where l.person_id = change.person_id and l.at > change.at and l.undone_at is null
    ), given_up as (
      update people p set phone_lookup = null, phone_sealed = null from change where p.id = change.kept_id returning p.id
    ), restored as (
      update people p set phone_lookup = ${mine.phone_lookup}, phone_sealed = ${sealed}
      from given_up where p.id = ${moved.personId}::uuid returning p.id
    ), steps_gone as (
      delete from second_steps t using change where t.person_id = change.person_id and t.created_at >= change.at
    ), whom as (
      select person_id from change union all select kept_id from change
    ), signed_out as (${signOutAll(ctx, sql`whom`)})
    insert into events (type, actor_id, data, at)
    select 'person.number_restored', ${mine.id}::uuid, jsonb_build_object('personId', id), ${now} from restored returning id`;
  if (restored.length === 0) throw new Problem("wrong-step");
}
