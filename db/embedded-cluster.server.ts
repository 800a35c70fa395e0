import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import { totalmem } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseTrouble } from "./database-trouble.ts";
import { reachableBy, type Account } from "./embedded-account.server.ts";
import type { Binaries } from "./embedded-binaries.server.ts";
import { run } from "./embedded-process.server.ts";

/** The superuser and the database of an embedded cluster. */
export const NAME = "manyhands";

/** A value that somebody typed must never reach PostgreSQL's log, which is not sealed. */
const MB = 1024 ** 2;

const SETTINGS = {
  /** An eighth of the memory: the rest is for the web, the worker and the disk's own cache. */
  shared_buffers: `${Math.round(Math.min(4096, Math.max(128, totalmem() / 8 / MB)))}MB`,
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  timezone: "UTC",
  log_timezone: "UTC",
  logging_collector: "on",
  log_directory: "log",
  log_filename: "postgres-%a.log",
  log_truncate_on_rotation: "on",
  log_rotation_age: "1d",
  log_rotation_size: "0",
  log_parameter_max_length: "0",
  log_parameter_max_length_on_error: "0",
  log_min_error_statement: "panic",
  log_min_duration_statement: "-1",
  log_statement: "none",
  log_error_verbosity: "terse",
};
const THROWAWAY = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_wal_size: "2GB" };

export const isCluster = (folder: string): boolean => fs.existsSync(join(folder, "PG_VERSION"));

/**
 * The folder of the cluster inside `home`. Where `account` cannot enter `home` (a checkout under `/root`), it lies under
 * `/var/lib/manyhands` and `home` holds a link to it.
 *
 * @throws DatabaseTrouble when the data there belong to another major version.
 */
export function clusterFolder(home: string, major: string, account: Account | null): string {
  const link = join(home, `postgres-${major}`);
  const other = fs.readdirSync(home).find((name) => name !== `postgres-${major}` && isCluster(join(home, name)));
  if (other) {
    throw new DatabaseTrouble(
      `${join(home, other)} was not written by PostgreSQL ${major}. Move it away, start, and load a dump of it.`,
    );
  }
  if (fs.lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink()) return fs.readlinkSync(link);
  if (!account || fs.existsSync(link) || reachableBy(account, home)) return link;
  const outside = join("/var/lib/manyhands", randomBytes(6).toString("hex"), `postgres-${major}`);
  fs.mkdirSync(dirname(outside), { recursive: true, mode: 0o755 });
  fs.symlinkSync(outside, link);
  return outside;
}

/** Makes the cluster beside its place and moves it there whole: a start killed half-way leaves nothing half-made. */
export async function makeCluster(
  { initdb }: Binaries,
  folder: string,
  password: string,
  account: Account | null,
  throwaway: boolean,
): Promise<void> {
  const draft = `${folder}.new`;
  const secret = `${folder}.password`;
  fs.rmSync(draft, { recursive: true, force: true });
  fs.mkdirSync(draft, { mode: 0o700 });
  fs.writeFileSync(secret, password, { mode: 0o600 });
  if (account) for (const path of [draft, secret]) fs.chownSync(path, account.uid, account.gid);
  try {
    const args = ["-D", draft, "-U", NAME, `--pwfile=${secret}`, "--auth=scram-sha-256", "--encoding=UTF8"];
    await run(
      initdb,
      [...args, "--locale=C", "--no-instructions", ...(throwaway ? ["--no-sync"] : [])],
      draft,
      account,
    );
  } finally {
    fs.rmSync(secret, { force: true });
  }
  fs.appendFileSync(join(draft, "postgresql.conf"), "\ninclude 'manyhands.conf'\n");
  fs.renameSync(draft, folder);
}

/** Writes our settings anew at each start, so that a newer version of this file reaches old clusters. */
export function writeSettings(folder: string, port: number, throwaway: boolean): void {
  const settings = { ...SETTINGS, ...(throwaway ? THROWAWAY : {}), port: String(port) };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'`);
  fs.writeFileSync(join(folder, "manyhands.conf"), `${lines.join("\n")}\n`, { mode: 0o644 });
}
