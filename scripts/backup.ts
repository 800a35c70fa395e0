/**
 * `npm run backup -- --recipient age1… [--to FOLDER]` makes a backup now; `-- --new-identity FILE` makes the key pair that it is sealed to,
 * and prints the recipient.
 */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { makeBackup } from "#app/backup/keep-backups.server.ts";
import { asCommand, Trouble } from "#scripts/environment.ts";
import { readOptions, withDatabase } from "#scripts/operator.ts";

await asCommand(async () => {
  const text = { type: "string" } as const;
  const given = readOptions({ to: text, recipient: text, "new-identity": text });
  if (given["new-identity"]) return makeIdentity(given["new-identity"]);
  await withDatabase("backup", async (ctx, { env, url }) => {
    const recipient = given.recipient ?? env.BACKUP_RECIPIENT;
    if (!recipient?.startsWith("age1")) {
      throw new Trouble("Say who may read it: --recipient age1… (make one with --new-identity FILE).");
    }
    const folder = given.to ?? env.BACKUP_DIR ?? join(env.DATA_DIR, "backups");
    const { file, keysFile, rows } = await makeBackup(ctx, { url, recipient, folder });
    const count = Object.values(rows).reduce((sum, n) => sum + n, 0);
    console.log(`${count} rows of ${Object.keys(rows).length} tables are in`);
    console.log(`${file} and, for this and all older ones, ${keysFile}`);
  });
});

async function makeIdentity(file: string): Promise<void> {
  if (existsSync(file)) throw new Trouble(`${file} is there already; an identity is never overwritten.`);
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  writeFileSync(file, `# recipient: ${recipient}\n${identity}\n`, { mode: 0o600, flag: "wx" });
  console.log(`${file} opens backups: keep it somewhere else than this server. Seal them to:`);
  console.log(recipient);
}
