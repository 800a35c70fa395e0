import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
 * @param upTo only so many of them: the state that an older program left. Without it, all.
 * @throws when a migration fails or the connection dies; nothing is half-applied, because each file is a transaction.
 */
export async function migrate(url: string, upTo?: number): Promise<void> {
  const folder = upTo === undefined || upTo >= migrationsKnown() ? MIGRATIONS : firstOnes(upTo);
  const sql = postgres(url, {
    max: 1,
    onnotice: () => undefined,
    connection: { application_name: "manyhands migrate" },
  });
  try {
    await sql`select pg_advisory_lock(${LOCK})`;
    await applyMigrations(drizzle(sql), { migrationsFolder: folder });
    await sql`select pg_advisory_unlock(${LOCK})`;
  } finally {
    await sql.end({ timeout: 3 });
    if (folder !== MIGRATIONS) rmSync(folder, { recursive: true, force: true });
  }
}

type Journal = { entries: { tag: string }[] };
const readJournal = () => JSON.parse(readFileSync(join(MIGRATIONS, "meta/_journal.json"), "utf8")) as Journal;

/** How many migrations this program has. */
export const migrationsKnown = (): number => readJournal().entries.length;

/** A folder with only the first of them. */
function firstOnes(count: number): string {
  const folder = mkdtempSync(join(tmpdir(), "manyhands-migrations-"));
  const journal = readJournal();
  const entries = journal.entries.slice(0, count);
  mkdirSync(join(folder, "meta"));
  writeFileSync(join(folder, "meta/_journal.json"), JSON.stringify({ ...journal, entries }));
  for (const { tag } of entries) copyFileSync(join(MIGRATIONS, `${tag}.sql`), join(folder, `${tag}.sql`));
  return folder;
}
