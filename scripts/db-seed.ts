/** `npm run db:seed`: the demo neighbourhood, into a database that has no groups yet. */
import { seedDemo } from "#scripts/demo.ts";
import { asCommand } from "#scripts/environment.ts";
import { withDatabase } from "#scripts/operator.ts";

await asCommand(async () => {
  const loaded = await withDatabase("seed", seedDemo);
  console.log(loaded ? "The demo neighbourhood is in." : "There are groups already: nothing was changed.");
});
