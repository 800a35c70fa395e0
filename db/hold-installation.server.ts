import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";

/** Any number but the one that migrations use. */
const LOCK = 7_316_403;

export type Hold = { release(): Promise<void> };

/**
 * Marks an embedded database as in use, so that no second start stops it under the first. The mark is an advisory lock
 * of one open connection: it is gone the moment its holder dies, however it dies.
 *
 * @param waitMs how long another holder gets to disappear.
 * @returns null when somebody else holds it.
 */
export async function holdInstallation(url: string, waitMs = 0): Promise<Hold | null> {
  const sql = postgres(url, {
    max: 1,
    onnotice: () => undefined,
    // PostgreSQL going away is noticed elsewhere; here it must not become an uncaught error.
    onclose: () => undefined,
    connection: { application_name: "manyhands start" },
  });
  for (let waited = 0; ; waited += 200) {
    const [row] = await sql<{ got: boolean }[]>`select pg_try_advisory_lock(${LOCK}) as got`;
    if (row?.got) return { release: () => sql.end({ timeout: 1 }) };
    if (waited >= waitMs) break;
    await pause(200);
  }
  await sql.end({ timeout: 1 });
  return null;
}
