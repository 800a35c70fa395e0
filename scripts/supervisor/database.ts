import type { Env } from "#app/core/env.server.ts";
import { checkDatabase } from "#db/check-database.server.ts";
import { startEmbedded, type Embedded } from "#db/embedded.server.ts";
import { holdInstallation, type Hold } from "#db/hold-installation.server.ts";
import { Trouble } from "#scripts/environment.ts";

const WAIT_FOR_OTHER_MS = 8_000;

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
  let own = await takeEmbedded(env);
  let mending = false;
  const watch = setInterval(() => {
    if (mending || own.embedded.isAlive()) return;
    mending = true;
    say("PostgreSQL ended; it starts again.");
    void mend()
      .catch(() => say("PostgreSQL does not start; the next try is in a second."))
      .finally(() => (mending = false));
  }, 1_000);

  async function mend(): Promise<void> {
    await own.hold.release();
    own = await takeEmbedded(env, own.embedded.port);
  }

  return {
    url: own.embedded.url,
    adopted: own.embedded.adopted,
    async close() {
      clearInterval(watch);
      // Held until it is down: a start that waits for us must not take over a server that is about to stop.
      await own.embedded.stop();
      await own.hold.release();
    },
  };
}

/** An earlier start that is still saying goodbye takes PostgreSQL with it while we wait; then we start our own. */
async function takeEmbedded(env: Env, port?: number): Promise<{ embedded: Embedded; hold: Hold }> {
  for (let tries = 0; tries < 3; tries += 1) {
    const embedded = await startEmbedded({ dataDir: env.DATA_DIR, ...(port ? { port } : {}) });
    try {
      const hold = await holdInstallation(embedded.url, WAIT_FOR_OTHER_MS);
      if (hold) return { embedded, hold };
      break;
    } catch {
      // The connection broke: it went down under us.
    }
  }
  throw new Trouble(`Manyhands already runs with DATA_DIR ${env.DATA_DIR}. Stop it, or choose another folder.`);
}
