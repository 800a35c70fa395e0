/** `npm run purge -- --dry-run` counts what has been kept long enough; without `--dry-run` it is erased now, as the worker does hourly. */
import { parseArgs } from "node:util";
import { purge } from "#app/retention/purge.server.ts";
import { oldestDays, whatIsKept } from "#app/retention/what-is-kept.server.ts";
import { connect } from "#db/client.server.ts";
import { migrate } from "#db/migrate.server.ts";
import { operatorCtx } from "#scripts/demo.ts";
import { asCommand, readEnvironment, Trouble } from "#scripts/environment.ts";
import { borrowDatabase } from "#scripts/supervisor/database.ts";

function isDryRun(): boolean {
  try {
    return parseArgs({ options: { "dry-run": { type: "boolean", default: false } } }).values["dry-run"];
  } catch (error) {
    throw new Trouble((error as Error).message);
  }
}

await asCommand(async () => {
  const dry = isDryRun();
  const env = await readEnvironment();
  const database = await borrowDatabase(env);
  try {
    await migrate(database.url);
    const db = connect(database.url, { max: 2, applicationName: "manyhands purge" });
    try {
      const ctx = operatorCtx(db, env);
      if (!dry) while ((await purge(ctx)).more);
      const states = await whatIsKept(ctx);
      for (const { name, due, oldest } of states)
        if (due > 0 || oldest !== null)
          console.log(`${name.padEnd(16)} ${due} due, the oldest over for ${oldest ?? 0} days`);
      console.log(`Oldest personal data: ${oldestDays(states)} days.`);
    } finally {
      await db.end();
    }
  } finally {
    await database.close();
  }
});
