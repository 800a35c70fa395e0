/** `npm run restore -- --from FILE --identity FILE [--keys FILE]` brings a backup back into an empty database. */
import { createReadStream, existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { KEYS_FILE } from "#app/backup/archive.ts";
import { CannotRestore, readArchive } from "#app/backup/read-archive.server.ts";
import { makeSeal } from "#app/core/seal.server.ts";
import { asCommand, readEnvironment, Trouble } from "#scripts/environment.ts";
import { readOptions } from "#scripts/operator.ts";
import { borrowDatabase } from "#scripts/supervisor/database.ts";

await asCommand(async () => {
  const { from, keys, identity } = readArguments();
  const env = await readEnvironment();
  const database = await borrowDatabase(env);
  try {
    const { madeAt, rows, erased } = await readArchive(makeSeal(env.DATA_KEY), {
      url: database.url,
      identity,
      archive: createReadStream(from),
      keys: createReadStream(keys),
    });
    const count = Object.values(rows).reduce((sum, n) => sum + n, 0);
    console.log(`${count} rows of ${Object.keys(rows).length} tables are back, as of ${madeAt.toISOString()}.`);
    if (erased > 0) console.log(`${erased} values of people who were erased since are left empty.`);
  } catch (error) {
    throw error instanceof CannotRestore ? new Trouble(error.message) : error;
  } finally {
    await database.close();
  }
});

function readArguments() {
  const text = { type: "string" } as const;
  const given = readOptions({ from: text, keys: text, identity: text });
  if (!given.from || !given.identity) throw new Trouble("Say which and with what: --from FILE --identity FILE");
  const keys = given.keys ?? join(dirname(given.from), KEYS_FILE);
  for (const file of [given.from, given.identity, keys])
    if (!existsSync(file)) throw new Trouble(`There is no file ${file}.`);
  const identity = /AGE-SECRET-KEY-[A-Z0-9-]+/.exec(readFileSync(given.identity, "utf8"))?.[0];
  if (!identity) throw new Trouble(`${given.identity} holds no identity (AGE-SECRET-KEY-…).`);
  return { from: given.from, keys, identity };
}
