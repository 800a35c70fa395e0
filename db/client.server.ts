import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres, { type Sql } from "postgres";
import { arrayTypes } from "./array-types.ts";
import { lighten } from "./light-sql.server.ts";
import * as schema from "./schema/index.ts";

/**
 * The database, twice: `sql` for verbs and hot queries (one statement, prepared by itself), `orm` for plain reads and
 * single-row writes. They are separate clients because drizzle changes the date parsers of the client it is given.
 */
export type Db = { sql: Sql; orm: PostgresJsDatabase<typeof schema>; end(): Promise<void> };

type Options = { max?: number; applicationName?: string };

/** Options that let the driver come back fast after the database was away (measured: 55 ms instead of 3.75 s). */
function open(url: string, max: number, applicationName: string): Sql {
  return postgres(url, {
    max,
    connect_timeout: 3,
    idle_timeout: 60,
    max_lifetime: 60 * 30,
    backoff: (tries: number) => Math.min(0.05 * 2 ** tries, 0.5),
    onnotice: () => undefined,
    fetch_types: false,
    types: arrayTypes,
    connection: {
      application_name: applicationName,
      statement_timeout: 5_000,
      lock_timeout: 2_000,
      idle_in_transaction_session_timeout: 10_000,
      // Compiling a query takes longer than any of ours runs: the planner thinks a wave's candidates dear, and spends 700 ms on 46.
      jit: "off",
    },
  });
}

/** @param url a `postgres://` address; `max` connections for verbs (default 10), and up to 4 more for `orm`. */
export function connect(url: string, { max = 10, applicationName = "manyhands" }: Options = {}): Db {
  const sql = lighten(open(url, max, applicationName));
  const ormClient = open(url, Math.min(4, max), `${applicationName} orm`);
  return {
    sql,
    orm: drizzle(ormClient, { schema }),
    async end() {
      await Promise.all([sql.end({ timeout: 3 }), ormClient.end({ timeout: 3 })]);
    },
  };
}
