import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { Decrypter } from "age-encryption";
import postgres, { type Sql } from "postgres";
import { openKey } from "#app/core/sealing/archive-keys.server.ts";
import type { Seal } from "#app/core/seal.server.ts";
import { migrate, migrationsKnown } from "#db/migrate.server.ts";
import { END_OF_TABLE, NOTHING, type ArchiveHead, type ArchiveTable, type ArchiveTail } from "./archive.ts";
import { linesOf } from "./lines.ts";
import { unwrap } from "./wrap.ts";

/** Why a backup cannot be brought back, in a line that the operator can act on. */
export class CannotRestore extends Error {
  override name = "CannotRestore";
}

const DAMAGED = "This backup is damaged.";
type KeyRow = { owner: string; key_sealed: string };
type Filled = { lines: number; rows: number; erased: number };
/** `rows`: by table; `erased`: values, and rows worth nothing without one, of people who were erased since it was made. */
export type Restored = { madeAt: Date; rows: Record<string, number>; erased: number };

/**
 * Brings an archive back into an empty database: the tables as its program knew them, in one transaction, then whatever migrations came
 * since. What belongs to people whose keys are forgotten stays unreadable, and is left empty.
 *
 * @param input `archive` and `keys`: the files' bytes; `identity`: `AGE-SECRET-KEY-1…`.
 * @throws CannotRestore when the database is not empty, the archive is from a newer program or damaged, or a key is another.
 */
export async function readArchive(
  seal: Seal,
  { url, identity, archive, keys }: { url: string; identity: string; archive: Readable; keys: Readable },
): Promise<Restored> {
  const kept = await readKeys(identity, keys);
  const known = openAll(seal, kept);
  const lines = flat(linesOf(await opened(identity, archive)));
  const head = JSON.parse(await nextOf(lines)) as ArchiveHead;
  if (head.manyhands !== 1 || head.migrations > migrationsKnown()) {
    throw new CannotRestore("This backup was made by a newer Manyhands. Install that version first.");
  }
  await migrate(url, head.migrations);
  const filled = await fill(url, head, lines, (owner) => known.get(owner));
  await migrate(url);
  await keepKeys(url, kept);
  return { madeAt: new Date(head.madeAt), ...filled };
}

async function readKeys(identity: string, file: Readable): Promise<KeyRow[]> {
  const rows: KeyRow[] = [];
  for await (const line of flat(linesOf(await opened(identity, file)))) rows.push(JSON.parse(line) as KeyRow);
  return rows;
}

function openAll(seal: Seal, rows: KeyRow[]): Map<string, Buffer> {
  try {
    return new Map(rows.map((row) => [row.owner, openKey({ seal }, row)]));
  } catch {
    throw new CannotRestore("DATA_KEY is not the one this backup was made with. Put that one back.");
  }
}

async function opened(identity: string, file: Readable): Promise<Readable> {
  const decrypter = new Decrypter();
  try {
    decrypter.addIdentity(identity);
    const plain = await decrypter.decrypt(Readable.toWeb(file) as ReadableStream<Uint8Array>);
    const unzipped = createGunzip();
    pipeline(Readable.fromWeb(plain as never), unzipped).catch(() => unzipped.destroy(new CannotRestore(DAMAGED)));
    return unzipped;
  } catch {
    throw new CannotRestore("This identity does not open this backup.");
  }
}

async function* flat(batches: AsyncIterable<string[]>): AsyncGenerator<string> {
  for await (const lines of batches) yield* lines;
}

async function nextOf(lines: AsyncGenerator<string>): Promise<string> {
  const { value, done } = await lines.next();
  if (done) throw new CannotRestore(DAMAGED);
  return value;
}

type KeyOf = (owner: string) => Buffer | undefined;

async function fill(url: string, head: ArchiveHead, lines: AsyncGenerator<string>, keyOf: KeyOf) {
  const sql = postgres(url, {
    max: 1,
    onnotice: () => undefined,
    connection: { application_name: "manyhands restore" },
  });
  const rows: Record<string, number> = {};
  const seen: Record<string, number> = {};
  let erased = 0;
  try {
    await sql.unsafe("begin");
    const begun = await transactionOf(sql);
    await clear(sql, head);
    for (const table of head.tables) {
      const filled = await fillTable(sql, table, lines, keyOf);
      rows[table.name] = filled.rows;
      seen[table.name] = filled.lines;
      erased += filled.erased;
    }
    const tail = JSON.parse(await nextOf(lines)) as ArchiveTail;
    if (head.tables.some(({ name }) => tail.rows[name] !== seen[name])) throw new CannotRestore(DAMAGED);
    for (const { name, value } of head.sequences)
      await sql`select setval(${`public.${name}`}::regclass, ${value}::bigint)`;
    // After a broken connection the driver goes on over another one, outside of what was begun.
    if ((await transactionOf(sql)) !== begun) throw new CannotRestore("The connection broke. Begin again.");
    await sql.unsafe("commit");
    return { rows, erased };
  } finally {
    await sql.end({ timeout: 1 });
  }
}

const transactionOf = async (sql: Sql): Promise<string> => {
  const [row] = await sql<{ id: string }[]>`select pg_current_xact_id()::text as id`;
  return row!.id;
};

/** Only what migrations put there may be in the way. Triggers rest: what they would make of the rows is in the archive too. */
async function clear(sql: Sql, { tables }: ArchiveHead): Promise<void> {
  const [row] = await sql<{ taken: boolean }[]>`
    select exists (select from people) or exists (select from groups) or exists (select from posts) as taken`;
  if (row!.taken) throw new CannotRestore("This database is not empty. Restore into a new one.");
  for (const { name } of tables) await sql.unsafe(`alter table "${name}" disable trigger user`);
  await sql.unsafe(`truncate ${tables.map(({ name }) => `"${name}"`).join(", ")} cascade`);
}

async function fillTable(sql: Sql, table: ArchiveTable, lines: AsyncGenerator<string>, keyOf: KeyOf): Promise<Filled> {
  if ((await nextOf(lines)) !== table.name) throw new CannotRestore(DAMAGED);
  const columns = table.columns.map((column) => `"${column}"`).join(", ");
  const filled: Filled = { lines: 0, rows: 0, erased: 0 };
  const into = await sql.unsafe(`copy "${table.name}" (${columns}) from stdin`).writable();
  const failed = new Promise<never>((_done, fail) => into.once("error", fail));
  failed.catch(() => undefined);
  for (let line = await nextOf(lines); line !== END_OF_TABLE; line = await nextOf(lines)) {
    filled.lines += 1;
    const row = unwrapped(table, line, keyOf, filled);
    if (row === null) continue;
    filled.rows += 1;
    if (!into.write(`${row}\n`)) await Promise.race([new Promise((done) => into.once("drain", done)), failed]);
  }
  await Promise.race([new Promise<void>((done) => into.end(done)), failed]);
  await sql.unsafe(`alter table "${table.name}" enable trigger user`);
  return filled;
}

/** A row as it was; without what cannot be opened any more, and null where nothing is left of it then. */
function unwrapped(table: ArchiveTable, line: string, keyOf: KeyOf, filled: Filled): string | null {
  if (table.sealed.length === 0) return line;
  const fields = line.split("\t");
  for (const { at, required } of table.sealed) {
    if (fields[at] === NOTHING) continue;
    const value = unwrap(fields[at]!, keyOf);
    if (value === null) filled.erased += 1;
    if (value === null && required) return null;
    fields[at] = value ?? NOTHING;
  }
  return fields.join("\t");
}

/** So that the next backup uses the same ones. Safe to repeat. */
async function keepKeys(url: string, rows: KeyRow[]): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await sql`
      insert into archive_keys (owner, key_sealed, made_at)
      select owner, key_sealed, now() from unnest(${rows.map(({ owner }) => owner)}::text[], ${rows.map((row) => row.key_sealed)}::text[])
        as kept (owner, key_sealed)
      on conflict (owner) do nothing`;
  } finally {
    await sql.end({ timeout: 1 });
  }
}
