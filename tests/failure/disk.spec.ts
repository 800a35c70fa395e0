import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { asker, type Ask } from "#scripts/torture/ask.ts";
import { gather, type Crowd } from "#scripts/torture/crowd.ts";
import { install, pause, until, type Installation } from "#scripts/torture/installation.ts";
import { publish } from "./acts.ts";

/** PostgreSQL on a disk of its own that can be filled. Only root may make one: elsewhere this is skipped. */
const disk = smallDisk();
let at: Installation;
let crowd: Crowd;
let ask: Ask;
beforeAll(async () => {
  if (!disk) return;
  at = await install({ log: resolve("tests/output/failure-disk.log"), dataDir: disk });
  crowd = await gather(at.sql, 4);
  ask = asker(at.port, 20);
});
afterAll(async () => {
  await at?.stop();
  if (!disk) return;
  execFileSync("umount", [disk]);
  rmSync(disk, { recursive: true, force: true });
});

test.skipIf(!disk)(
  "the disk is full: nothing is said to be done that is not, and it recovers when there is room",
  async () => {
    const kept: string[] = [];
    for (let n = 0; n < 5; n++) kept.push((await publish(ask, crowd, `before${n}`)).code);
    const ballast = join(disk!, "ballast");
    const { bavail, bsize } = statfsSync(disk!);
    fill(ballast, bavail * bsize - 64 * 1024);

    const refused: number[] = [];
    // The log of what is written has a file of 16 MB begun, which takes some more.
    for (let n = 0; n < 3_000 && refused.length < 5; n++) {
      if (n % 20 === 0) await at.sql`select pg_switch_wal()`.catch(() => undefined);
      const { code, answer } = await publish(ask, crowd, `full${n}`);
      if (code) kept.push(code);
      else refused.push(answer?.status ?? 0);
      if (!code) await pause(200);
    }
    expect(new Set(refused)).toEqual(new Set([503]));
    expect((await ask({ method: "GET", path: "/healthz" }))?.status).toBe(200);

    rmSync(ballast);
    const since = Date.now();
    let after = "";
    await until("posts are taken again", async () => (after = (await publish(ask, crowd, "after")).code) !== "", 30);
    const took = Date.now() - since;
    kept.push(after);
    await pause(200);
    const rows = await at.sql<{ code: string }[]>`select code from posts`.catch(
      () => at.sql<{ code: string }[]>`select code from posts`,
    );
    const there = new Set(rows.map(({ code }) => code));
    expect(kept.filter((code) => !there.has(code))).toEqual([]);
    console.info(
      `disk full: ${refused.length} refused by 503, ${kept.length} acknowledged and all there; back ${took} ms after there was room`,
    );
  },
);

function smallDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), "manyhands-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=220m,mode=755", "tmpfs", folder], { stdio: "ignore" });
    chmodSync(folder, 0o755);
    return folder;
  } catch {
    rmSync(folder, { recursive: true, force: true });
    return null;
  }
}

/** So many bytes, or all there is room for: the database writes, too, and what is full is full. */
function fill(file: string, bytes: number): void {
  try {
    writeFileSync(file, Buffer.alloc(bytes));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
  }
}
