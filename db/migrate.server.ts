import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";

const MIGRATIONS = fileURLToPath(new URL("./migrations", import.meta.url));
/** Any number, the same in every process: whoever holds it migrates, the others wait. */
const LOCK = 7_316_402;

/**
 * Brings the database up to date. Safe to start in several processes at once: one migrates, the others wait and then
 * find nothing to do. One dedicated connection holds the lock for the whole migration.
 *
 * @throws when a migration fails or the connection dies; nothing is half-applied, because each file is a transaction.
 */
export async function migrate(url: string): Promise<void> {
  const sql = postgres(url, {
    max: 1,
    onnotice: () => undefined,
    connection: { application_name: "manyhands migrate" },
  });
  try {
    await sql`select pg_advisory_lock(${LOCK})`;
    await applyMigrations(drizzle(sql), { migrationsFolder: MIGRATIONS });
    await sql`select pg_advisory_unlock(${LOCK})`;
  } finally {
    await sql.end({ timeout: 3 });
  }
}
