import { pause, type Installation } from "./installation.ts";
import { whole, type Random } from "./random.ts";

export type Kills = { connections: number; web: number; worker: number; postgres: number };

/** Between two connections, and how long each of the others lives once it runs; in milliseconds. */
const EVERY = { connection: 100, web: [7_000, 14_000], worker: [3_000, 8_000], postgres: [15_000, 25_000] } as const;

/** Kills connections, web, worker and PostgreSQL at random until it is stopped: always -9, nobody is asked. */
export function unleash(installation: Installation, random: Random): { kills: Kills; stop(): Promise<void> } {
  const kills: Kills = { connections: 0, web: 0, worker: 0, postgres: 0 };
  let going = true;
  const after = async (ms: number) => {
    for (const end = Date.now() + ms; going && Date.now() < end;) await pause(Math.min(100, ms));
  };
  const repeat = async (wait: () => number, kill: () => Promise<void>) => {
    for (await after(wait()); going; await after(wait())) await kill();
  };
  const shoot = async (what: "web" | "worker" | "postgres", find: () => number | undefined) => {
    while (going && find() === undefined) await pause(100);
    const [from, to] = EVERY[what];
    await after(whole(random, from, to));
    const pid = find();
    if (pid === undefined || !going) return;
    try {
      process.kill(pid, "SIGKILL");
      kills[what] += 1;
    } catch {
      // It is gone already.
    }
  };
  const soon = () => 0;
  const loops = [
    repeat(
      () => EVERY.connection,
      async () => {
        const rows = await killOne(installation).catch(() => []);
        kills.connections += rows.length;
      },
    ),
    repeat(soon, () => shoot("web", installation.web)),
    repeat(soon, () => shoot("worker", installation.worker)),
    repeat(soon, () => shoot("postgres", installation.postmaster)),
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
