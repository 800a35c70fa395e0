import type { Sql } from "postgres";
import { moveClock } from "#app/core/clock.server.ts";
import type { Db } from "#db/client.server.ts";
import { pause } from "./installation.ts";
import type { Provider } from "./provider.ts";

type Left = { events: number; moving: number; uncertain: number; texts: number };

/**
 * Waits, after the last kill, until everything that is owed is told. What nobody knows the fate of is looked up after
 * minutes, so the installation's clock is moved on, and the provider's before it.
 *
 * @returns what is left lying when the patience is over; nothing where all is well.
 */
export async function settle(sql: Sql, provider: Provider, seconds: number): Promise<Left> {
  const end = Date.now() + seconds * 1000;
  let before = "";
  let unchanged = 0;
  for (;;) {
    const left = await lying(sql);
    if (left.events + left.moving + left.uncertain + left.texts === 0 || Date.now() > end) return left;
    const now = JSON.stringify(left);
    unchanged = now === before ? unchanged + 1 : 0;
    before = now;
    const onlyWaits = left.events === 0 && left.texts === 0 && unchanged >= 3;
    if (onlyWaits) {
      provider.moveOn(60);
      await moveClock({ sql } as Db, 60);
      unchanged = 0;
    }
    await pause(2_000);
  }
}

async function lying(sql: Sql): Promise<Left> {
  const [row] = await sql<Left[]>`
    select (select count(*)::int from events where fanned_out_at is null) as events,
      (select count(*)::int from outbox where state in ('queued', 'claimed', 'submitting')) as moving,
      (select count(*)::int from outbox where state = 'uncertain') as uncertain,
      (select count(*)::int from inbound_texts where handled_at is null) as texts`;
  return row!;
}
