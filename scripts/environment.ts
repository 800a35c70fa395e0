import { existsSync } from "node:fs";
import { BadEnvironment, loadEnv, type Env } from "#app/core/env.server.ts";
import { makeSeal } from "#app/core/seal.server.ts";
import { DatabaseTrouble } from "#db/database-trouble.ts";
import { freePort } from "#db/embedded-process.server.ts";

/** Something the operator can mend; the message is the one line that is shown. */
export class Trouble extends Error {
  override name = "Trouble";
}

/**
 * Reads `.env` (what is set already wins) and the environment. `PORT=0` becomes a free port.
 *
 * @throws BadEnvironment with one line that names the variable.
 */
export async function readEnvironment(): Promise<Env> {
  if (existsSync(".env")) process.loadEnvFile(".env");
  const port = process.env["PORT"] === "0" ? String(await freePort()) : process.env["PORT"];
  const env = loadEnv({ ...process.env, PORT: port });
  try {
    makeSeal(env.DATA_KEY);
  } catch (error) {
    throw new BadEnvironment((error as Error).message);
  }
  return env;
}

/** Runs a command; what the operator can mend ends it with one line on standard error and status 1, without a stack. */
export async function asCommand(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Trouble || error instanceof BadEnvironment || error instanceof DatabaseTrouble)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
