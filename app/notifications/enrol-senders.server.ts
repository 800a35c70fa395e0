import type { Ctx } from "#app/core/ctx.ts";
import { newId } from "#app/core/ids.server.ts";
import { OUTLIVES_A_START } from "./pause-sender.server.ts";
import type { SenderSettings } from "#app/sms/sms.ts";

/**
 * Writes down what the settings say of our senders, at the start of a worker: new ones begin with a full bucket, known
 * ones keep their bucket and their day, and their pause unless the settings may have been its cause. Those that are no longer named send nothing any more; their texts
 * move to another. Repeatable; workers with the same settings may all do it. A time zone the database does not know
 * counts as UTC.
 */
export async function enrolSenders(ctx: Ctx, settings: SenderSettings[]): Promise<void> {
  const { sql } = ctx.db;
  const rows = settings.map((one) => ({ id: newId(ctx.now), ...one }));
  await sql`
    with given as materialized (
      select r.id, r.address, r.rate, r.burst, r."dailyCap" as daily_cap,
        case when exists (select from pg_timezone_names where name = r."timeZone") then r."timeZone" else 'UTC' end as zone
      from jsonb_to_recordset(${sql.json(rows)}) as r(id uuid, address text, rate real, burst real, "dailyCap" int,
        "timeZone" text)
    ), gone as (
      update senders set enabled = false where enabled and not address in (select address from given)
    )
    insert into senders as s (id, address, rate, burst, daily_cap, time_zone, tokens, refilled_at, created_at)
    select id, address, rate, burst, daily_cap, zone, burst, ${ctx.now}::timestamptz, ${ctx.now}::timestamptz
    from given order by address
    on conflict (address) do update
    set rate = excluded.rate, burst = excluded.burst, daily_cap = excluded.daily_cap, time_zone = excluded.time_zone,
      tokens = least(s.tokens, excluded.burst), enabled = true,
      paused_until = case when s.pause_reason = any(${OUTLIVES_A_START}) then s.paused_until end`;
}
