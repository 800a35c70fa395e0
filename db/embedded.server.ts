import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { DatabaseTrouble } from "./database-trouble.ts";
import { accountFor, type Account } from "./embedded-account.server.ts";
import { findBinaries, type Binaries } from "./embedded-binaries.server.ts";
import { clusterFolder, isCluster, makeCluster, NAME, writeSettings } from "./embedded-cluster.server.ts";
import { findPostmaster, freePort, removeStalePid, run } from "./embedded-process.server.ts";

export type Embedded = {
  /** The superuser's address of the database `manyhands`; holds the password, so it is never logged. */
  url: string;
  port: number;
  /** True when the server of an earlier, killed start was still running and was taken over. */
  adopted: boolean;
  isAlive(): boolean;
  stop(): Promise<void>;
};

type Options = {
  dataDir: string;
  /** Keep to this port: for a restart while others hold the address. */
  port?: number;
  /** For tests: everything is thrown away, so nothing need reach the disk. */
  throwaway?: boolean;
};

/**
 * Starts the PostgreSQL from npm with its data in `dataDir/postgres-<major>`, or takes over one that still runs there.
 * Loopback only, password only; the password is made once and kept in `dataDir/postgres-password` (mode 0600).
 *
 * @throws DatabaseTrouble with one line that says what to do.
 */
export async function startEmbedded({ dataDir, port, throwaway = false }: Options): Promise<Embedded> {
  const home = resolve(dataDir);
  mkdirSync(home, { recursive: true, mode: 0o755 });
  const account = accountFor(
    readdirSync(home)
      .map((name) => join(home, name))
      .find(isCluster) ?? home,
  );
  const binaries = findBinaries(account);
  const folder = clusterFolder(home, binaries.major, account);
  const password = passwordOf(home, isCluster(folder));
  const urlAt = (at: number, name = NAME) => `postgres://${NAME}:${password}@127.0.0.1:${at}/${name}`;

  const orphan = await adoptable(folder, (at) => urlAt(at, "postgres"));
  if (!isCluster(folder)) await makeCluster(binaries, folder, password, account, throwaway);
  const at = orphan ?? port ?? (await freePort());
  if (orphan === null) {
    writeSettings(folder, at, throwaway);
    await start(binaries, folder, account);
  }
  await makeDatabase(urlAt(at, "postgres"));
  return {
    url: urlAt(at),
    port: at,
    adopted: orphan !== null,
    isAlive: () => findPostmaster(folder) !== null,
    stop: () => stop(binaries, folder, account),
  };
}

function passwordOf(home: string, initialised: boolean): string {
  const file = join(home, "postgres-password");
  if (!existsSync(file)) {
    if (initialised) throw new DatabaseTrouble(`${file} is missing: put it back, it opens the database beside it.`);
    writeFileSync(file, randomBytes(24).toString("base64url"), { mode: 0o600, flag: "wx" });
  }
  return readFileSync(file, "utf8").trim();
}

/** The port of a server that an earlier start left running, once it accepts our password; null when there is none. */
async function adoptable(folder: string, urlAt: (port: number) => string): Promise<number | null> {
  for (let tries = 0; tries < 25; tries += 1) {
    const found = findPostmaster(folder);
    if (!found) break;
    if (found.ready && (await answers(urlAt(found.port)))) return found.port;
    await pause(200);
  }
  removeStalePid(folder);
  return null;
}

async function answers(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => undefined });
  try {
    await sql`select 1`;
    return true;
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function start({ pgCtl }: Binaries, folder: string, account: Account | null): Promise<void> {
  const log = join(folder, "start.log");
  try {
    await run(pgCtl, ["start", "-w", "-s", "-t", "60", "-D", folder, "-l", log], folder, account);
  } catch {
    throw new DatabaseTrouble(
      `The built-in PostgreSQL did not start. Its last words are in ${log} and ${join(folder, "log")}.`,
    );
  }
}

/** `fast` ends open sessions; a server that does not obey in 5 s is stopped `immediate`, which the next start repairs. */
async function stop({ pgCtl }: Binaries, folder: string, account: Account | null): Promise<void> {
  if (!findPostmaster(folder)) return;
  const stopIn = (mode: string) =>
    run(pgCtl, ["stop", "-w", "-s", "-t", "5", "-m", mode, "-D", folder], folder, account);
  await stopIn("fast").catch(() => (findPostmaster(folder) ? stopIn("immediate") : undefined));
}

async function makeDatabase(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    const found = await sql`select 1 from pg_database where datname = ${NAME}`;
    if (found.length === 0) await sql`create database ${sql(NAME)}`;
  } finally {
    await sql.end({ timeout: 1 });
  }
}
