import { readFileSync, statSync } from "node:fs";
import { dirname, parse } from "node:path";
import { DatabaseTrouble } from "./database-trouble.ts";

/** The account PostgreSQL runs as when we are root, which it refuses to be. */
export type Account = { uid: number; gid: number };

/**
 * @param data the cluster's folder: whoever owns an existing one goes on running it.
 * @returns null when we are not root: then PostgreSQL runs as ourselves.
 */
export function accountFor(data: string): Account | null {
  if (process.getuid?.() !== 0) return null;
  const owner = statSync(data, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const people = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  const found = ["postgres", "nobody"].map((name) => people.find((entry) => entry[0] === name)).find(Boolean);
  if (!found)
    throw new DatabaseTrouble(
      "PostgreSQL refuses to run as root and there is no account 'nobody'. Start as another user.",
    );
  return { uid: Number(found[2]), gid: Number(found[3]) };
}

/** True when every folder above `path` lets `account` through. */
export function reachableBy(account: Account, path: string): boolean {
  for (let folder = path; folder !== parse(folder).root; folder = dirname(folder)) {
    const stat = statSync(folder, { throwIfNoEntry: false });
    if (!stat) continue;
    const bit = stat.uid === account.uid ? 0o100 : stat.gid === account.gid ? 0o010 : 0o001;
    if (stat.isDirectory() && !(stat.mode & bit)) return false;
  }
  return true;
}
