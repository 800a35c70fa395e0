import type { Db } from "#db/client.server.ts";
import type { Env } from "./env.server.ts";

/** What time it is. With real texts it is the machine's; with the phone simulator it can be moved on. */
export type Clock = () => Date;

const KEY = "clock_ahead_seconds";
const LOOK_EVERY_MS = 1_000;

/**
 * The clock of one process. Where texts are simulated, web and worker follow the same step forward, which is kept in the
 * database and looked up every second, so that a night or a due time can be tried out. Never with real texts.
 */
export function openClock(env: Pick<Env, "SMS_PROVIDER">, db: Db): { now: Clock; close(): void } {
  if (env.SMS_PROVIDER !== "local") return { now: () => new Date(), close: () => undefined };
  let aheadMs = 0;
  const look = () =>
    db.sql<{ value: string }[]>`select value from installation where key = ${KEY}`.then(
      ([row]) => {
        aheadMs = Number(row?.value ?? 0) * 1000;
      },
      () => undefined,
    );
  void look();
  const timer = setInterval(look, LOOK_EVERY_MS).unref();
  return { now: () => new Date(Date.now() + aheadMs), close: () => clearInterval(timer) };
}

/** Moves the clock of every process on by `seconds`, more each time; a null puts it back to the real time. */
export async function moveClock(db: Db, seconds: number | null): Promise<void> {
  if (seconds === null) await db.sql`delete from installation where key = ${KEY}`;
  else
    await db.sql`
      insert into installation as i (key, value) values (${KEY}, ${String(seconds)})
      on conflict (key) do update set value = (i.value::bigint + excluded.value::bigint)::text`;
}
