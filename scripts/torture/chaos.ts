import { pause, type Installation } from "./installation.ts";
import { whole, type Random } from "./random.ts";

export type Kills = { connections: number; web: number; worker: number; postgres: number };

/** Between two kills, in milliseconds. */
const EVERY = { connection: 100, web: [9_000, 16_000], worker: [4_000, 9_000], postgres: [20_000, 30_000] } as const;

/** Kills connections, web, worker and PostgreSQL at random until it is stopped: always -9, nobody is asked. */
export function unleash(installation: Installation, random: Random): { kills: Kills; stop(): Promise<void> } {
  const kills: Kills = { connections: 0, web: 0, worker: 0, postgres: 0 };
  let going = true;
  const after = async (ms: number) => {
    for (const end = Date.now() + ms; going && Date.now() < end;) await pause(Math.min(100, ms));
  };
  const repeat = async (wait: () => number, kill: () => Promise<void> | void) => {
    for (await after(wait()); going; await after(wait())) await kill();
  };
  const shoot = (what: "web" | "worker" | "postgres", pid: number | undefined) => {
    if (pid === undefined) return;
    try {
      process.kill(pid, "SIGKILL");
      kills[what] += 1;
    } catch {
      // It is gone already.
    }
  };
  const between =
    ([from, to]: readonly [number, number]) =>
    () =>
      whole(random, from, to);
  const loops = [
    repeat(
      () => EVERY.connection,
      async () => {
        const rows = await killOne(installation).catch(() => []);
        kills.connections += rows.length;
      },
    ),
    repeat(between(EVERY.web), () => shoot("web", installation.web())),
    repeat(between(EVERY.worker), () => shoot("worker", installation.worker())),
    repeat(between(EVERY.postgres), () => shoot("postgres", installation.postmaster())),
  ];
  return {
    kills,
    async stop() {
      going = false;
      await Promise.all(loops);
    },
  };
}

/** One connection of web or worker; the one that only listens counts too. */
const killOne = ({ sql }: Installation) =>
  Promise.race([
    sql`select pg_terminate_backend(pid) from (select pid from pg_stat_activity
      where application_name like 'manyhands w%' order by random() limit 1) one`,
    pause(3_000).then((): never[] => []),
  ]);
