import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { Encrypter } from "age-encryption";
import postgres, { type Sql } from "postgres";
import type { Ctx } from "#app/core/ctx.ts";
import { allKeys, archiveKeys } from "#app/core/sealing/archive-keys.server.ts";
import { SEALED_COLUMNS } from "#app/core/sealing/sealed-columns.ts";
import { END_OF_TABLE, NOTHING, type ArchiveTable, type ArchiveTail } from "./archive.ts";
import { linesOf } from "./lines.ts";
import { readHead } from "./read-tables.server.ts";
import { wrap } from "./wrap.ts";

/** So much compressed text is sealed at once, so that memory stays flat however large the database is. */
const SEALED_AT_ONCE = 1 << 16;

/**
 * Writes all that an installation holds, as of one moment, sealed to a public key. People go on meanwhile: it only reads, in one
 * snapshot, over a connection of its own. Personal data are sealed once more with their owners' archive keys.
 *
 * @param recipient `age1…`; whoever has its identity, `DATA_KEY` and the keys file can read it, and nobody with less.
 * @returns how many rows of each table.
 * @throws when the recipient is none, or the connection breaks: then what was written is worth nothing.
 */
export async function writeArchive(
  ctx: Ctx,
  { url, recipient, to }: { url: string; recipient: string; to: NodeJS.WritableStream },
): Promise<ArchiveTail> {
  const sql = postgres(url, {
    max: 1,
    onnotice: () => undefined,
    connection: { application_name: "manyhands backup" },
  });
  const tail: ArchiveTail = { rows: {} };
  try {
    await sql.unsafe("begin isolation level repeatable read read only");
    const moment = await snapshotOf(sql);
    const lines = async function* () {
      const head = await readHead(sql, ctx.now);
      yield `${JSON.stringify(head)}\n`;
      for (const table of head.tables) yield* rowsOf(ctx, sql, table, tail);
      yield `${JSON.stringify(tail)}\n`;
      // After a broken connection the driver goes on over another one, which would see another moment.
      if ((await snapshotOf(sql)) !== moment) throw new Error("the connection broke while the backup was made");
    };
    await sealTo(recipient, lines(), to);
    return tail;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** All archive keys, for the one file beside the archives. */
export async function writeKeys(
  ctx: Ctx,
  { recipient, to }: { recipient: string; to: NodeJS.WritableStream },
): Promise<void> {
  const rows = await allKeys(ctx);
  await sealTo(
    recipient,
    rows.map((row) => `${JSON.stringify(row)}\n`),
    to,
  );
}

async function sealTo(
  recipient: string,
  lines: AsyncIterable<string> | Iterable<string>,
  to: NodeJS.WritableStream,
): Promise<void> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  const zipped = createGzip({ chunkSize: SEALED_AT_ONCE });
  const filled = pipeline(Readable.from(lines), zipped);
  filled.catch(() => undefined);
  const sealed = await encrypter.encrypt(Readable.toWeb(zipped) as ReadableStream<Uint8Array>);
  await Promise.all([filled, pipeline(Readable.fromWeb(sealed as never), to)]);
}

const snapshotOf = async (sql: Sql): Promise<string> => {
  const [row] = await sql<{ at: string }[]>`select pg_backend_pid() || ' ' || pg_current_snapshot()::text as at`;
  return row!.at;
};

async function* rowsOf(ctx: Ctx, sql: Sql, table: ArchiveTable, tail: ArchiveTail): AsyncGenerator<string> {
  yield `${table.name}\n`;
  tail.rows[table.name] = 0;
  const columns = table.columns.map((column) => `"${column}"`);
  const owners = table.sealed.map(({ at }) => ownerOf(table, table.columns[at]!));
  const copied = await sql
    .unsafe(`copy (select ${[...columns, ...owners].join(", ")} from "${table.name}") to stdout`)
    .readable();
  for await (const lines of linesOf(copied)) {
    const rows = table.sealed.length > 0 ? await wrapped(ctx, table, lines) : lines;
    tail.rows[table.name]! += rows.length;
    if (rows.length > 0) yield `${rows.join("\n")}\n`;
  }
  // The driver stops its socket when we are slower than it, and after the last row nothing starts it again: reading on does.
  copied._read(0);
  yield `${END_OF_TABLE}\n`;
}

const ownerOf = (table: ArchiveTable, column: string): string =>
  `(${SEALED_COLUMNS.find((one) => one.table === table.name && one.column === column)!.owner})`;

/** The rows with what is sealed wrapped; whose owner was erased a moment ago is left out of them. */
async function wrapped(ctx: Ctx, table: ArchiveTable, lines: string[]): Promise<string[]> {
  const rows = lines.map((line) => line.split("\t"));
  const owners = rows.flatMap((fields) => fields.slice(table.columns.length));
  const keys = await archiveKeys(
    ctx,
    [...new Set(owners)].filter((owner) => owner !== NOTHING),
  );
  return rows.flatMap((fields) => {
    const its = fields.splice(table.columns.length);
    for (const [n, { at, required }] of table.sealed.entries()) {
      if (fields[at] === NOTHING) continue;
      const key = keys.get(its[n]!);
      if (!key && required) return [];
      fields[at] = key ? wrap(fields[at]!, its[n]!, key) : NOTHING;
    }
    return [fields.join("\t")];
  });
}
