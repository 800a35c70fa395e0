import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Sql } from "postgres";

/** What was found in the files of a database as they lie on the disk, and how much was looked through; null where they are elsewhere. */
export type Raw = { found: string[]; bytes: number } | null;

/**
 * Looks through the pages of this database and the server's write-ahead log for words as they were typed: what a copied disk or a
 * forgotten archive of the log would show, deleted rows among them.
 */
export async function searchFiles(sql: Sql, needles: readonly string[]): Promise<Raw> {
  await sql`checkpoint`;
  const [at] = await sql<{ folder: string; oid: string }[]>`
    select current_setting('data_directory') as folder, oid::text as oid from pg_database where datname = current_database()`;
  const folders = [join(at!.folder, "base", at!.oid), join(at!.folder, "pg_wal")];
  if (!folders.every((folder) => existsSync(folder))) return null;
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => join(folder, name)),
  );
  let bytes = 0;
  const found = files.flatMap((file) => {
    const content = readFileSync(file);
    bytes += content.length;
    return needles.filter((needle) => content.includes(needle)).map((needle) => `${needle} in ${file}`);
  });
  return { found, bytes };
}
