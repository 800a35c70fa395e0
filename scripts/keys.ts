/**
 * `npm run keys` says which keys seal what there is; `-- --rotate` puts a new one in front, which writes from the next start on and with
 * which the worker seals everything anew while people go on; `-- --retire` lets the older ones go when nothing is left for them.
 * Keys that were made for you are changed in DATA_DIR/secrets.json; a DATA_KEY of your own is printed, for you to set.
 */
import { randomBytes } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Ctx } from "#app/core/ctx.ts";
import type { Env } from "#app/core/env.server.ts";
import { withNewKey, withoutOldKeys } from "#app/core/seal.server.ts";
import { leftToSeal } from "#app/core/sealing/reseal.server.ts";
import { asCommand, readEnvironment, Trouble } from "#scripts/environment.ts";
import { readOptions, withDatabase } from "#scripts/operator.ts";

await asCommand(async () => {
  const yes = { type: "boolean", default: false } as const;
  const { rotate, retire } = readOptions({ rotate: yes, retire: yes });
  const env = await readEnvironment();
  if (rotate) return change(env, withNewKey(env.DATA_KEY, randomBytes(32).toString("base64")));
  const left = await withDatabase("keys", countLeft);
  if (!retire) return;
  if (left > 0) throw new Trouble("Older keys still seal something. Let the worker run until nothing is left.");
  change(env, withoutOldKeys(env.DATA_KEY));
});

async function countLeft(ctx: Ctx): Promise<number> {
  const left = await leftToSeal(ctx);
  const [writer, ...older] = ctx.seal.keys;
  console.log(`${writer} writes.${older.length > 0 ? ` Older: ${older.join(", ")}.` : " There is no older key."}`);
  for (const { table, column, n } of left) console.log(`  ${n} of ${table}.${column} still sealed with an older key`);
  if (left.length === 0) console.log(`Everything is sealed with ${writer}.`);
  return left.reduce((sum, { n }) => sum + n, 0);
}

/** Written beside and renamed, so that a power cut leaves the old or the new file, never half of one. */
function change(env: Env, dataKey: string): void {
  if (process.env["DATA_KEY"]) {
    console.log("Set DATA_KEY to this for every process, start them anew, and keep a copy away from the backups:");
    console.log(dataKey);
    return;
  }
  const file = join(env.DATA_DIR, "secrets.json");
  const secrets = JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
  writeFileSync(`${file}.new`, `${JSON.stringify({ ...secrets, DATA_KEY: dataKey }, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  console.log(`${file} is changed. Start Manyhands anew, and keep a copy of that file away from the backups.`);
}
