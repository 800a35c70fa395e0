/** `npm run purge -- --dry-run` counts what has been kept long enough; without `--dry-run` it is erased now, as the worker does hourly. */
import { purge } from "#app/retention/purge.server.ts";
import { oldestDays, whatIsKept } from "#app/retention/what-is-kept.server.ts";
import { asCommand } from "#scripts/environment.ts";
import { readOptions, withDatabase } from "#scripts/operator.ts";

await asCommand(async () => {
  const { "dry-run": dry } = readOptions({ "dry-run": { type: "boolean", default: false } });
  await withDatabase("purge", async (ctx) => {
    if (!dry) while ((await purge(ctx)).more);
    const states = await whatIsKept(ctx);
    for (const { name, due, oldest } of states)
      if (due > 0 || oldest !== null)
        console.log(`${name.padEnd(16)} ${due} due, the oldest over for ${oldest ?? 0} days`);
    console.log(`Oldest personal data: ${oldestDays(states)} days.`);
  });
});
