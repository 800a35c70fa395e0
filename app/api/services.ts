import type { Env } from "#app/core/env.server.ts";
import type { Log } from "#app/core/log.server.ts";
import type { Seal } from "#app/core/seal.server.ts";
import type { Db } from "#db/client.server.ts";

/** What the server hands to the API once. */
export type ApiServices = {
  env: Pick<Env, "PUBLIC_URL" | "RATE_LIMITS"> & Partial<Pick<Env, "SMS_COUNTRIES">>;
  db: Db;
  seal: Seal;
  log: Log;
  /** The time of a request; tests set their own. */
  clock?: () => Date;
};
