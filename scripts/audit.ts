/** `npm run audit -- verify` works out every hash of the audit log again and names the first row that was tampered with; `-- head` prints its end. */
import { auditHead, chainAudit, verifyAudit } from "#app/audit/chain.server.ts";
import { readHead } from "#app/audit/keep-head.server.ts";
import { asCommand, Trouble } from "#scripts/environment.ts";
import { withDatabase } from "#scripts/operator.ts";

await asCommand(async () => {
  const what = process.argv[2] ?? "verify";
  if (what !== "verify" && what !== "head") throw new Trouble("Say npm run audit -- verify, or -- head.");
  await withDatabase("audit", async (ctx, { env }) => {
    while ((await chainAudit(ctx)) > 0);
    if (what === "head") return console.log(JSON.stringify(await auditHead(ctx)));
    const { rows, head, bad } = await verifyAudit(ctx, readHead(env.DATA_DIR));
    if (bad) throw new Trouble(`Row ${bad.n} of the audit log is ${bad.why}: somebody has tampered with it.`);
    console.log(`${rows} rows, each as it was written. The last is ${head.hash}`);
  });
});
