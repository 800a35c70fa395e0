import type { Db } from "#db/client.server.ts";
import type { Pulse } from "#db/pulse.server.ts";
import type { Clock } from "#app/core/clock.server.ts";
import type { Env } from "#app/core/env.server.ts";
import type { Log } from "#app/core/log.server.ts";
import type { Seal } from "#app/core/seal.server.ts";
import type { Simulator } from "#app/sms/simulator/simulator.server.ts";

/** What the server process opens once and hands to every request. */
export type Services = {
  env: Env;
  db: Db;
  seal: Seal;
  log: Log;
  /** The stand-in for the text provider; only while no real one is configured. */
  simulator?: Simulator | undefined;
  /** Feels whether the database answers. */
  pulse?: Pulse;
  /** What time it is; the machine's time where it is not given. */
  clock?: Clock;
};

/** What Remix carries from the server to loaders, actions and the document. */
declare module "@remix-run/node" {
  interface AppLoadContext {
    services: Services;
    /** Fresh for each response; scripts without it do not run. */
    nonce: string;
    /** The peer's address; used only as the key of a rate limit, hashed. */
    peer: string;
  }
}
