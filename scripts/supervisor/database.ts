import type { Env } from "#app/core/env.server.ts";
import { checkDatabase } from "#db/check-database.server.ts";
import { startEmbedded, type Embedded } from "#db/embedded.server.ts";
import { holdInstallation, type Hold } from "#db/hold-installation.server.ts";
import { Trouble } from "#scripts/environment.ts";

export type Database = { url: string; adopted: boolean; close(): Promise<void> };

/** For a short command: the given database, or the embedded one, started for the moment if it does not run yet. */
export async function borrowDatabase(env: Env): Promise<Database> {
  if (env.DATABASE_URL) {
    await checkDatabase(env.DATABASE_URL);
    return { url: env.DATABASE_URL, adopted: true, close: async () => undefined };
  }
  const embedded = await startEmbedded({ dataDir: env.DATA_DIR });
  return {
    url: embedded.url,
    adopted: embedded.adopted,
    async close() {
      const free = embedded.adopted ? null : await holdInstallation(embedded.url);
      await free?.release();
      if (free) await embedded.stop();
    },
  };
}

/** For the supervisor: the same, held so that nobody stops it under us, and brought back if it dies. */
export async function ownDatabase(env: Env, say: (line: string) => void): Promise<Database> {
  if (env.DATABASE_URL) return borrowDatabase(env);
  let embedded = await startEmbedded({ dataDir: env.DATA_DIR });
  let hold = await holdOrFail(embedded, env);
  let mending = false;
  const watch = setInterval(() => {
    if (mending || embedded.isAlive()) return;
    mending = true;
    say("PostgreSQL ended; it starts again.");
    void mend()
      .catch(() => say("PostgreSQL does not start; the next try is in a second."))
      .finally(() => (mending = false));
  }, 1_000);

  async function mend(): Promise<void> {
    await hold.release();
    embedded = await startEmbedded({ dataDir: env.DATA_DIR, port: embedded.port });
    hold = await holdOrFail(embedded, env);
  }

  return {
    url: embedded.url,
    adopted: embedded.adopted,
    async close() {
      clearInterval(watch);
      await hold.release();
      await embedded.stop();
    },
  };
}

async function holdOrFail(embedded: Embedded, env: Env): Promise<Hold> {
  const hold = await holdInstallation(embedded.url, 2_500);
  if (!hold)
    throw new Trouble(`Manyhands already runs with DATA_DIR ${env.DATA_DIR}. Stop it, or choose another folder.`);
  return hold;
}
