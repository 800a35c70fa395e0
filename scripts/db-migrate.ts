/** `npm run db:migrate` */
import { migrate } from "#db/migrate.server.ts";
import { asCommand, readEnvironment } from "#scripts/environment.ts";
import { borrowDatabase } from "#scripts/supervisor/database.ts";

await asCommand(async () => {
  const database = await borrowDatabase(await readEnvironment());
  try {
    await migrate(database.url);
    console.log("The database is up to date.");
  } finally {
    await database.close();
  }
});
