import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { ACCOUNT, TOKEN } from "#tests/mocks/twilio.ts";
import { testDatabaseUrl } from "#tests/setup/context.ts";

/** What a worker process is told; the rest as in crash-worker.ts. */
export type WorkerGiven = {
  /** Without the `submitting` step. */
  naive?: boolean;
  concurrency?: number;
  leaseSeconds?: number;
  pollMs?: number;
  /** Of calls to the provider. */
  timeoutMs?: number;
};

const SCRIPT = fileURLToPath(new URL("./crash-worker.ts", import.meta.url));
const living = new Set<ChildProcess>();

/** A worker process that has loaded everything and waits for `begin`. */
export async function spawnWorker(twilioUrl: string, given: WorkerGiven = {}): Promise<ChildProcess> {
  const worker = spawn(process.execPath, ["--import", "tsx", SCRIPT], {
    env: {
      ...process.env,
      DATABASE_URL: testDatabaseUrl(),
      DATA_KEY: Buffer.alloc(32, 7).toString("base64"),
      TWILIO_URL: twilioUrl,
      ACCOUNT,
      TOKEN,
      GIVEN: JSON.stringify(given),
    },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  living.add(worker);
  worker.once("exit", () => living.delete(worker));
  await new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("exit", (code, signal) => reject(new Error(`the worker ended with ${code ?? signal}`)));
  });
  return worker;
}

export const begin = (worker: ChildProcess): boolean => worker.send("begin");

export async function startWorkers(count: number, twilioUrl: string, given: WorkerGiven = {}): Promise<ChildProcess[]> {
  const workers = await Promise.all(Array.from({ length: count }, () => spawnWorker(twilioUrl, given)));
  workers.forEach(begin);
  return workers;
}

/** Lets every worker of this test file finish what is in flight, and waits for its end. */
export async function stopWorkers(): Promise<void> {
  await Promise.all(
    [...living].map((worker) => {
      const ended = new Promise((resolve) => worker.once("exit", resolve));
      worker.kill("SIGTERM");
      if (!worker.connected) return ended;
      // One that was never begun waits for a word, not for the signal.
      worker.send("begin");
      return ended;
    }),
  );
}

/** A machine so busy that this is not enough for the work to end shall see it end all the same. */
const MOST_KILLS = 30;

/**
 * So many workers at work, one of them killed every second, with others ready to take over at once: loading the program
 * takes a worker longer than it lives here.
 */
export async function underFire(
  twilioUrl: string,
  { workers = 3, spares = 3, ...given }: WorkerGiven & { workers?: number; spares?: number } = {},
) {
  const working = await startWorkers(workers, twilioUrl, given);
  const ready: ChildProcess[] = [];
  let over = false;
  let kills = 0;
  const refill = async () => {
    const spare = await spawnWorker(twilioUrl, given).catch(() => null);
    if (spare) ready.push(spare);
  };
  const refills = new Set(Array.from({ length: spares }, refill));
  const timer = setInterval(() => {
    const spare = over || kills === MOST_KILLS ? undefined : ready.shift();
    if (!spare) return;
    working.shift()!.kill("SIGKILL");
    kills += 1;
    begin(spare);
    working.push(spare);
    refills.add(refill());
  }, 1_000);
  return {
    kills: () => kills,
    async stop() {
      over = true;
      clearInterval(timer);
      await Promise.all(refills);
      await stopWorkers();
    },
  };
}
