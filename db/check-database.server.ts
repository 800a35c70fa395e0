import postgres from "postgres";
import { DatabaseTrouble } from "./database-trouble.ts";

const OLDEST = 15;

/**
 * Connects once, to say early and in one line what is wrong with an address that somebody gave.
 *
 * @throws DatabaseTrouble naming host and database, never the password.
 */
export async function checkDatabase(url: string): Promise<void> {
  const place = placeOf(url);
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined });
  let version: number;
  try {
    const [row] = await sql<{ version: string }[]>`select current_setting('server_version_num') as version`;
    version = Math.floor(Number(row?.version) / 10_000);
  } catch (error) {
    throw new DatabaseTrouble(`DATABASE_URL: ${reason((error as { code?: string }).code, place)}`);
  } finally {
    await sql.end({ timeout: 1 });
  }
  if (version < OLDEST) {
    throw new DatabaseTrouble(`DATABASE_URL: ${place} is PostgreSQL ${version}; Manyhands needs ${OLDEST} or newer.`);
  }
}

function placeOf(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return `${host}${pathname}`;
  } catch {
    throw new DatabaseTrouble("DATABASE_URL must look like postgres://user:password@host:5432/name.");
  }
}

function reason(code: string | undefined, place: string): string {
  if (code === "28P01" || code === "28000") return `${place} refuses this user and password.`;
  if (code === "3D000") return `the database of ${place} does not exist. Create it first.`;
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return `the host of ${place} is not known. Is it spelt right?`;
  return `nothing answers at ${place} (${code ?? "no connection"}). Is PostgreSQL running there?`;
}
