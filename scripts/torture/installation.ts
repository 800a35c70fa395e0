import { spawn } from "node:child_process";
import { chmodSync, createWriteStream, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import postgres, { type Sql } from "postgres";
import { arrayTypes } from "#db/array-types.ts";
import { findPostmaster, freePort } from "#db/embedded-process.server.ts";

export const DATA_KEY = Buffer.alloc(32, 5).toString("base64");
export const SESSION_SECRET = "t".repeat(40);

/** A whole installation under its own supervisor, with the PostgreSQL that comes with it, on a disk that is written to. */
export type Installation = {
  url: string;
  port: number;
  dataDir: string;
  databaseUrl: string;
  /** A way into the database beside the product's; opened anew by `sqlAgain` after PostgreSQL was killed. */
  sql: Sql;
  supervisor: number;
  /** The process that runs now; undefined while it starts. */
  web(): number | undefined;
  worker(): number | undefined;
  postmaster(): number | undefined;
  /** How often the product said that it crashed by itself. */
  crashes(): number;
  log: string;
  stop(): Promise<void>;
};

type Options = {
  /** The checkout to run: another one for a build that is broken on purpose. */
  root?: string;
  log: string;
  env?: Record<string, string>;
  /** Where its data lie; a throwaway folder unless given. */
  dataDir?: string;
};

/** Starts `npm start`'s own script in a throwaway folder and waits until it is ready. fsync stays on. */
export async function install({ root = resolve("."), log, env = {}, ...given }: Options): Promise<Installation> {
  const dataDir = given.dataDir ?? mkdtempSync(join(tmpdir(), "manyhands-torture-"));
  chmodSync(dataDir, 0o755);
  const port = await freePort();
  const pids: { web?: number | undefined; worker?: number | undefined } = {};
  let crashes = 0;
  mkdirSync(dirname(log), { recursive: true });
  const out = createWriteStream(log, { flags: "a" });
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/start.ts"], {
    cwd: root,
    detached: true,
    env: {
      PATH: process.env["PATH"],
      HOME: process.env["HOME"],
      NODE_ENV: "production",
      PORT: String(port),
      HOST: "127.0.0.1",
      DATA_DIR: dataDir,
      DATA_KEY,
      SESSION_SECRET,
      SMS_PROVIDER: "local",
      DEMO: "false",
      RATE_LIMITS: "off",
      BUILD_DIR: resolve("build"),
      ...env,
    } as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const hear = lines((line) => {
    const pid = Number(/"pid":(\d+)/.exec(line)?.[1]);
    if (line.includes('"what":"listening"')) pids.web = pid;
    else if (line.includes('"what":"working"')) pids.worker = pid;
    else if (line.includes('"what":"crashed"')) crashes += 1;
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", hear);
    stream.pipe(out, { end: false });
  }
  const ended = new Promise<void>((gone) => child.once("exit", () => gone()));
  const url = `http://localhost:${port}`;
  await until("the installation is ready", () => isReady(url), 90);
  const folder = join(
    dataDir,
    readdirSync(dataDir).find((name) => /^postgres-\d+$/.test(name))!,
  );
  const databaseUrl = addressOf(dataDir, folder);
  const sql = postgres(databaseUrl, {
    max: 4,
    onnotice: () => undefined,
    fetch_types: false,
    types: arrayTypes,
    backoff: () => 0.2,
  });
  return {
    url,
    port,
    dataDir,
    databaseUrl,
    sql,
    supervisor: child.pid!,
    web: () => alive(pids.web),
    worker: () => alive(pids.worker),
    postmaster: () => findPostmaster(folder)?.pid,
    crashes: () => crashes,
    log,
    async stop() {
      await sql.end({ timeout: 1 }).catch(() => undefined);
      child.kill("SIGTERM");
      const hard = setTimeout(() => child.kill("SIGKILL"), 20_000);
      await ended;
      clearTimeout(hard);
      out.end();
      if (!given.dataDir) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const isReady = (url: string) =>
  fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) }).then(
    (answer) => answer.ok,
    () => false,
  );

function addressOf(dataDir: string, folder: string): string {
  const password = readFileSync(join(dataDir, "postgres-password"), "utf8").trim();
  return `postgres://manyhands:${password}@127.0.0.1:${findPostmaster(folder)!.port}/manyhands`;
}

function alive(pid: number | undefined): number | undefined {
  if (pid === undefined) return undefined;
  try {
    process.kill(pid, 0);
    return pid;
  } catch {
    return undefined;
  }
}

function lines(each: (line: string) => void): (chunk: Buffer) => void {
  let rest = "";
  return (chunk) => {
    const parts = (rest + chunk.toString("utf8")).split("\n");
    rest = parts.pop() ?? "";
    parts.forEach(each);
  };
}

/** Asks again and again, ten times a second, until the answer is yes. @throws when it is not within `seconds`. */
export async function until(what: string, ask: () => Promise<boolean> | boolean, seconds: number): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await ask())) {
    if (Date.now() > end) throw new Error(`waited ${seconds} s in vain until ${what}`);
    await pause(100);
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resume) => setTimeout(resume, ms));
