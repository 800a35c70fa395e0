import { createWriteStream } from "node:fs";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Ctx } from "#app/core/ctx.ts";
import { archiveName, isArchive, KEYS_FILE } from "./archive.ts";
import { writeArchive, writeKeys } from "./write-archive.server.ts";

/** Two weeks of a backup a day. */
const KEPT = 14;
const DAY_MS = 86_400_000;

export type Backup = { file: string; keysFile: string; rows: Record<string, number> };

/**
 * Makes a backup in a folder and replaces the keys file there; of archives the newest fourteen stay. Each file is written beside and
 * renamed, the keys before the archive that needs them, so that a crash leaves a whole older backup.
 *
 * @param given `url`: of the database; `recipient`: `age1…`.
 */
export async function makeBackup(
  ctx: Ctx,
  { url, recipient, folder }: { url: string; recipient: string; folder: string },
): Promise<Backup> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const [file, keysFile] = [join(folder, archiveName(ctx.now)), join(folder, KEYS_FILE)];
  try {
    const { rows } = await writeArchive(ctx, { url, recipient, to: hidden(`${file}.part`) });
    await writeKeys(ctx, { recipient, to: hidden(`${keysFile}.part`) });
    await rename(`${keysFile}.part`, keysFile);
    await rename(`${file}.part`, file);
    for (const old of (await archivesIn(folder)).slice(KEPT)) await rm(join(folder, old));
    return { file, keysFile, rows };
  } catch (error) {
    await rm(`${file}.part`, { force: true });
    throw error;
  }
}

const hidden = (path: string) => createWriteStream(path, { mode: 0o600 });

/** The newest first. */
export const archivesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder).catch(() => [])).filter(isArchive).toSorted().toReversed();

/** What the worker does where a recipient is set: a backup when the newest one is a day old. @returns whether it made one. */
export async function backUpDaily(
  ctx: Ctx,
  given: { url: string; recipient: string; folder: string },
): Promise<boolean> {
  const [newest] = await archivesIn(given.folder);
  if (newest && ctx.now.getTime() - (await stat(join(given.folder, newest))).mtimeMs < DAY_MS) return false;
  const { rows } = await makeBackup(ctx, given);
  ctx.log.info("backed up", { count: Object.values(rows).reduce((sum, n) => sum + n, 0) });
  return true;
}
