/** `npm run db:seed`: the demo neighbourhood, into a database that has no groups yet. */
import { connect } from "#db/client.server.ts";
import { migrate } from "#db/migrate.server.ts";
import { operatorCtx, seedDemo } from "#scripts/demo.ts";
import { asCommand, readEnvironment } from "#scripts/environment.ts";
import { borrowDatabase } from "#scripts/supervisor/database.ts";

await asCommand(async () => {
  const env = await readEnvironment();
  const database = await borrowDatabase(env);
  try {
    await migrate(database.url);
    const db = connect(database.url, { max: 4, applicationName: "manyhands seed" });
    const loaded = await seedDemo(operatorCtx(db, env)).finally(() => db.end());
    console.log(loaded ? "The demo neighbourhood is in." : "There are groups already: nothing was changed.");
  } finally {
    await database.close();
  }
});
