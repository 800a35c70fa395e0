/**
 * `npm run subpoena -- --phone +1…` prints everything that whoever runs this installation could be made to hand over about a number,
 * opened, one row a line. It only reads. Run it now and then about your own number: what it prints is what a court would get.
 */
import { allAbout } from "#app/mine/all-about.server.ts";
import { parsePhone } from "#app/people/phone.server.ts";
import { asCommand, Trouble } from "#scripts/environment.ts";
import { readOptions, withDatabase } from "#scripts/operator.ts";

const ELSEWHERE = `Not in this database, and not ours to erase:
  - the carriers and the text provider: who texted whom and when, and maybe the words;
  - whoever read a text or a page, and kept it.
Whoever also holds a backup's identity and this installation's key can open that backup, but for what was erased since.`;

await asCommand(async () => {
  const phone = parsePhone(readOptions({ phone: { type: "string" } }).phone ?? "");
  if (!phone) throw new Trouble("Say which number: --phone +15550100100");
  await withDatabase("subpoena", async (ctx) => {
    // It reads everything there is, which takes longer than any page may.
    await ctx.db.sql`set statement_timeout = 0`;
    const found = await allAbout(ctx, phone);
    for (const { table, rows } of found) {
      console.log(`${table}: ${rows.length}`);
      for (const row of rows) console.log(`  ${JSON.stringify(row)}`);
    }
    if (found.length === 0) console.log("Nothing here names this number.");
    console.log(`\n${ELSEWHERE}`);
  });
});
