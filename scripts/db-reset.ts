/** `npm run db:reset -- --yes`: empties a local database, migrates it and loads the demo if `DEMO` asks for it. */
import { parseArgs } from "node:util";
import postgres from "postgres";
import { connect } from "#db/client.server.ts";
import { holdInstallation } from "#db/hold-installation.server.ts";
import { migrate } from "#db/migrate.server.ts";
import { seedDemo } from "#scripts/demo.ts";
import { asCommand, readEnvironment, Trouble } from "#scripts/environment.ts";
import { operatorCtx } from "#scripts/operator.ts";
import { borrowDatabase } from "#scripts/supervisor/database.ts";

await asCommand(async () => {
  const { values } = parseArgs({ options: { yes: { type: "boolean" } } });
  const env = await readEnvironment();
  const place = env.DATABASE_URL ? new URL(env.DATABASE_URL) : null;
  if (place && !["127.0.0.1", "localhost", "[::1]"].includes(place.hostname)) {
    throw new Trouble(`db:reset works on this machine only, and DATABASE_URL points to ${place.hostname}.`);
  }
  if (!values.yes)
    throw new Trouble("This erases every need, offer and person. Say so with: npm run db:reset -- --yes");
  const database = await borrowDatabase(env);
  try {
    const hold = await holdInstallation(database.url);
    if (!hold) throw new Trouble("Manyhands is running on this database. Stop it first.");
    await empty(database.url).finally(() => hold.release());
    await migrate(database.url);
    const db = connect(database.url, { max: 4, applicationName: "manyhands reset" });
    const loaded = env.DEMO ? await seedDemo(operatorCtx(db, env)).finally(() => db.end()) : await db.end();
    console.log(loaded ? "The database is new, with the demo neighbourhood." : "The database is new and empty.");
  } finally {
    await database.close();
  }
});

async function empty(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await sql`drop schema if exists drizzle cascade`;
    await sql`drop schema public cascade`;
    await sql`create schema public`;
  } finally {
    await sql.end({ timeout: 3 });
  }
}
