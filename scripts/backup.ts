/**
 * `npm run backup -- --recipient age1… [--to FOLDER]` makes a backup now; `-- --new-identity FILE` makes the key pair that it is sealed to,
 * and prints the recipient.
 */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { makeBackup } from "#app/backup/keep-backups.server.ts";
import type { Env } from "#app/core/env.server.ts";
import { connect } from "#db/client.server.ts";
import { migrate } from "#db/migrate.server.ts";
import { operatorCtx } from "#scripts/demo.ts";
import { asCommand, readEnvironment, Trouble } from "#scripts/environment.ts";
import { borrowDatabase } from "#scripts/supervisor/database.ts";

await asCommand(async () => {
  const given = readArguments();
  if (given["new-identity"]) return makeIdentity(given["new-identity"]);
  const env = await readEnvironment();
  const recipient = given.recipient ?? env.BACKUP_RECIPIENT;
  if (!recipient?.startsWith("age1")) {
    throw new Trouble("Say who may read it: --recipient age1… (make one with --new-identity FILE).");
  }
  await backUp(env, recipient, given.to ?? env.BACKUP_DIR ?? join(env.DATA_DIR, "backups"));
});

function readArguments() {
  const text = { type: "string" } as const;
  try {
    return parseArgs({ options: { to: text, recipient: text, "new-identity": text } }).values;
  } catch (error) {
    throw new Trouble((error as Error).message);
  }
}

async function makeIdentity(file: string): Promise<void> {
  if (existsSync(file)) throw new Trouble(`${file} is there already; an identity is never overwritten.`);
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  writeFileSync(file, `# recipient: ${recipient}\n${identity}\n`, { mode: 0o600, flag: "wx" });
  console.log(`${file} opens backups: keep it somewhere else than this server. Seal them to:`);
  console.log(recipient);
}

async function backUp(env: Env, recipient: string, folder: string): Promise<void> {
  const database = await borrowDatabase(env);
  try {
    await migrate(database.url);
    const db = connect(database.url, { max: 2, applicationName: "manyhands backup" });
    try {
      const { file, keysFile, rows } = await makeBackup(operatorCtx(db, env), { url: database.url, recipient, folder });
      console.log(
        `${Object.values(rows).reduce((sum, n) => sum + n, 0)} rows of ${Object.keys(rows).length} tables are in`,
      );
      console.log(`${file} and, for this and all older ones, ${keysFile}`);
    } finally {
      await db.end();
    }
  } finally {
    await database.close();
  }
}
