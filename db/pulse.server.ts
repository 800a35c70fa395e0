import postgres from "postgres";

export type Pulse = {
  /** True while PostgreSQL takes connections and says nothing: it is paused, its disk hangs, or it drowns. */
  isSilent(): boolean;
  /** Calls back once, when it falls silent; the answer takes that back. */
  onSilence(call: () => void): () => void;
  close(): void;
};

const EVERY_MS = 500;
const SILENT_AFTER_MS = 2_000;
const QUIET = Symbol("quiet");

/**
 * Feels every half second whether PostgreSQL answers, by a connection of its own. One that refuses is felt by every
 * query at once; one that is silent is felt by nobody, and whoever asks would wait behind all others. After silence each
 * try has a fresh connection, because the driver may have lost the old one.
 */
export function feelPulse(url: string): Pulse {
  const open = () =>
    postgres(url, {
      max: 1,
      connect_timeout: SILENT_AFTER_MS / 1000,
      idle_timeout: 60,
      backoff: () => 0.1,
      onnotice: () => undefined,
      fetch_types: false,
      connection: { application_name: "manyhands pulse" },
    });
  let sql = open();
  let silent = false;
  let closed = false;
  const listeners = new Set<() => void>();

  async function beat(): Promise<void> {
    const answer = await Promise.race([sql`select 1`.then(ok, failed), after(SILENT_AFTER_MS)]);
    const was = silent;
    silent = answer === QUIET;
    if (silent || was) {
      void sql.end({ timeout: 0 }).catch(() => undefined);
      sql = open();
    }
    if (silent && !was) for (const call of listeners) call();
  }

  void (async () => {
    while (!closed) {
      await beat();
      await pause(EVERY_MS);
    }
    await sql.end({ timeout: 0 });
  })();

  return {
    isSilent: () => silent,
    onSilence(call) {
      listeners.add(call);
      return () => listeners.delete(call);
    },
    close: () => void (closed = true),
  };
}

const ok = () => null;
/** No answer within the time to connect is silence too; a refusal is an answer. */
const failed = (error: unknown) => ((error as { code?: string }).code === "CONNECT_TIMEOUT" ? QUIET : null);

const pause = (ms: number) => new Promise<void>((resume) => setTimeout(resume, ms).unref());
const after = (ms: number) => pause(ms).then(() => QUIET);
