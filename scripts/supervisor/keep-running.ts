import { spawn, type ChildProcess } from "node:child_process";

export type Kept = {
  /** The process that runs now; undefined while it is being started again. */
  pid(): number | undefined;
  /** Ends it on purpose and starts it anew: after a change of the code. */
  restart(): void;
  /** Asks it to finish, and kills it when it has not after `withinMs`. */
  stop(withinMs: number): Promise<void>;
};

type Options = {
  name: string;
  /** A script with its arguments, run by this Node. */
  args: string[];
  env: NodeJS.ProcessEnv;
  say: (line: string) => void;
  /** Wait before starting again after the 1st, 2nd … crash in a row; the last one goes on for ever. */
  waits?: number[];
};

/** A process that lived this long was healthy, so its next crash is a first one again. */
const HEALTHY_MS = 10_000;

/**
 * Keeps one program running: started again whenever it ends without having been asked to.
 * It runs in a session of its own, so that Ctrl-C reaches it once, through us; and it holds a channel to us, so that it
 * can leave when we are gone (`leave-with-parent.mjs`).
 */
export function keepRunning({ name, args, env, say, waits = [200, 500, 1_000, 2_000, 3_000] }: Options): Kept {
  let child: ChildProcess | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopping = false;
  let asked = false;
  let crashes = 0;

  function launch(): void {
    const since = Date.now();
    const started = spawn(process.execPath, args, {
      env,
      detached: process.platform !== "win32",
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    child = started;
    started.on("error", () => undefined);
    started.on("exit", (code, signal) => {
      child = undefined;
      if (stopping) return;
      if (asked) {
        asked = false;
        launch();
        return;
      }
      crashes = Date.now() - since >= HEALTHY_MS ? 0 : crashes;
      const wait = waits[Math.min(crashes, waits.length - 1)] ?? 0;
      crashes += 1;
      say(`${name} ended (${signal ?? `status ${code}`}); it starts again in ${wait / 1000} s.`);
      timer = setTimeout(launch, wait);
    });
  }

  launch();
  return {
    pid: () => child?.pid,
    restart() {
      asked = child !== undefined;
      child?.kill("SIGTERM");
    },
    async stop(withinMs) {
      stopping = true;
      clearTimeout(timer);
      const last = child;
      if (!last || last.exitCode !== null || last.signalCode !== null) return;
      const ended = new Promise<void>((resolve) => last.once("exit", () => resolve()));
      last.kill("SIGTERM");
      const patience = setTimeout(() => last.kill("SIGKILL"), withinMs);
      await ended;
      clearTimeout(patience);
    },
  };
}
