import type { Ctx } from "#app/core/ctx.ts";
import { forgetKeysBefore, forgetOwners } from "#app/core/sealing/archive-keys.server.ts";
import { rulesOf, type Rule } from "./rules.server.ts";
import { RULE_NAMES, TEXT_DAYS, type RuleName } from "./rules.ts";

const PORTION = 500;
/** Of one rule at one beat of the worker; what is left goes at the next. */
const PORTIONS = 10;
const EVERY_MINUTES = 60;
const ALARM_HOURS = 48;
const DAY_MS = 86_400_000;

export type Purged = Partial<Record<RuleName, number>>;

/**
 * Erases whatever about people has been kept long enough, and the archive keys with it, so that older backups no longer show it either.
 * What is counted stays: posts, promises and events keep their rows. Each portion is one statement; safe to repeat, also by several
 * workers.
 *
 * @returns how many of each, and whether there may be more.
 */
export async function purge(ctx: Ctx, portions = PORTIONS): Promise<{ purged: Purged; more: boolean }> {
  const purged: Purged = {};
  let more = false;
  const rules = rulesOf(ctx);
  for (const name of RULE_NAMES) {
    let count = PORTION;
    for (let portion = 0; portion < portions && count === PORTION; portion++) {
      count = await purgeSome(ctx, rules[name]);
      if (count > 0) purged[name] = (purged[name] ?? 0) + count;
    }
    more ||= count === PORTION;
  }
  // Bodies go by the day after they are done; a day more, as a text may be written late and end early.
  const day = new Date(ctx.now.getTime() - (TEXT_DAYS + 1) * DAY_MS).toISOString().slice(0, 10);
  await forgetKeysBefore(ctx, day);
  return { purged, more };
}

async function purgeSome(ctx: Ctx, rule: Rule): Promise<number> {
  const { sql } = ctx.db;
  const [table, key] = [sql(rule.table), sql(rule.key)];
  const emptied = rule.clears.map((column, at) => sql`${at > 0 ? sql`, ` : sql``}${sql(column)} = null`);
  const act =
    rule.also === "delete"
      ? sql`delete from ${table} x using due where x.${key} = due.key`
      : sql`update ${table} x set ${emptied}${rule.also ? sql`, ${rule.also}` : sql``} from due where x.${key} = due.key`;
  const gone = await sql`
    with due as (
      select x.${key} as key, ${rule.owner ?? sql`null::text`} as owner from ${table} x
      where ${isDue(ctx, rule)} limit ${PORTION} for update of x skip locked
    ), owners as (select owner from due
    ), unreadable as (${forgetOwners(ctx)})
    ${act} returning 1`;
  return gone.length;
}

/** `x` is held, over, and kept long enough since. */
export const isDue = ({ db: { sql }, now }: Ctx, { held, over, days }: Rule) =>
  sql`${held} and ${over} <= ${now}::timestamptz - make_interval(days => ${days}::int)`;

/**
 * The worker's job: once an hour, by one worker; what it could not finish it goes on with at the next beat. Who went over how much is
 * on record, never what.
 */
export async function purgeHourly(ctx: Ctx): Promise<number> {
  const { sql } = ctx.db;
  const last = await lastPurge(ctx);
  if (last && ctx.now.getTime() - last.getTime() < EVERY_MINUTES * 60_000) return 0;
  if (last && ctx.now.getTime() - last.getTime() > ALARM_HOURS * 3_600_000)
    ctx.log.error("nothing was purged for two days");
  const { purged, more } = await purge(ctx);
  const count = Object.values(purged).reduce((sum, n) => sum + n, 0);
  await sql`
    with ended as (
      insert into installation (key, value) select 'purged_at', ${ctx.now.toISOString()} where ${!more}::boolean
      on conflict (key) do update set value = excluded.value
    )
    insert into events (type, data, at, fanned_out_at)
    select 'data.purged', ${sql.json(purged)}, ${ctx.now}::timestamptz, ${ctx.now}::timestamptz where ${count > 0}::boolean`;
  return count;
}

/** When a purge last came to its end; null before the first. */
export async function lastPurge({ db: { sql } }: Ctx): Promise<Date | null> {
  const [row] = await sql<{ value: string }[]>`select value from installation where key = 'purged_at'`;
  return row ? new Date(row.value) : null;
}
