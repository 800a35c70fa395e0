import { parseArgs, type ParseArgsConfig } from "node:util";
import type { Ctx } from "#app/core/ctx.ts";
import type { Env } from "#app/core/env.server.ts";
import { makeLog } from "#app/core/log.server.ts";
import { makeSeal } from "#app/core/seal.server.ts";
import { brokenAlarm } from "#app/core/sealing/broken-alarm.server.ts";
import { connect, type Db } from "#db/client.server.ts";
import { migrate } from "#db/migrate.server.ts";
import { readEnvironment, Trouble } from "#scripts/environment.ts";
import { borrowDatabase } from "#scripts/supervisor/database.ts";

type Options = NonNullable<ParseArgsConfig["options"]>;
type Given<T extends Options> = ReturnType<typeof parseArgs<{ options: T }>>["values"];

/** What the operator wrote after the command; what is none of `options` is told in one line. */
export function readOptions<const T extends Options>(options: T): Given<T> {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    throw new Trouble((error as Error).message);
  }
}

/** Runs `work` on the installation's own database, brought up to date; all is closed again however it ends. */
export async function withDatabase<T>(
  name: string,
  work: (ctx: Ctx, installation: { env: Env; url: string }) => Promise<T>,
): Promise<T> {
  const env = await readEnvironment();
  const database = await borrowDatabase(env);
  try {
    await migrate(database.url);
    // One connection: what a command sets for it holds for all it does.
    const db = connect(database.url, { max: 1, applicationName: `manyhands ${name}` });
    return await work(operatorCtx(db, env), { env, url: database.url }).finally(() => db.end());
  } finally {
    await database.close();
  }
}

/** The context of a command that the operator runs: nobody is asking. */
export function operatorCtx(db: Db, env: Env): Ctx {
  const log = makeLog(env.LOG_LEVEL);
  return {
    db,
    seal: makeSeal(env.DATA_KEY, brokenAlarm(log)),
    log,
    now: new Date(),
    person: null,
    publicUrl: env.PUBLIC_URL,
  };
}
