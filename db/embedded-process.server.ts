import { execFile } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import type { Account } from "./embedded-account.server.ts";

/** What `postmaster.pid` says about a server, ours or one that a killed start left behind. */
export type Postmaster = { pid: number; port: number; ready: boolean };

/** Reads `postmaster.pid` (line 1 the process, 4 the port, 8 the status); null when there is no running server. */
export function findPostmaster(data: string): Postmaster | null {
  const file = join(data, "postmaster.pid");
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, "utf8").split("\n");
  const pid = Number(lines[0]);
  if (!isPostgres(pid)) return null;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === "ready" };
}

/**
 * A process number can be taken over by another program, after a restart of a container often at once, and PostgreSQL
 * then refuses to start. A file that names a process which is no PostgreSQL is removed.
 */
export function removeStalePid(data: string): void {
  if (existsSync(join(data, "postmaster.pid")) && !findPostmaster(data)) rmSync(join(data, "postmaster.pid"));
}

function isPostgres(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  const commandLine = `/proc/${pid}/cmdline`;
  // A zombie has an empty command line. Elsewhere than on Linux the answer is "perhaps", and connecting decides.
  return (
    !existsSync("/proc/self/cmdline") || (existsSync(commandLine) && /postgres/.test(readFileSync(commandLine, "utf8")))
  );
}

/** Runs one of PostgreSQL's programs as `account`; its output is in the error when it fails. */
export function run(program: string, args: string[], cwd: string, account: Account | null): Promise<string> {
  const env: Record<string, string | undefined> = { PATH: process.env["PATH"], LC_ALL: "C", TZ: "UTC" };
  return new Promise((resolve, reject) => {
    execFile(program, args, { cwd, env: env as NodeJS.ProcessEnv, ...account }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${stderr || stdout || error.message}`.trim()));
      else resolve(stdout);
    });
  });
}

/** A port on the loopback that nobody uses right now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
