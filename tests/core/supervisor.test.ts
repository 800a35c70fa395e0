import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keepRunning, type Kept } from "#scripts/supervisor/keep-running.ts";
import { needPort } from "#scripts/supervisor/port.ts";

let folder: string;
let kept: Kept | undefined;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), `manyhands-test-${process.pid}-`))));
afterEach(async () => {
  await kept?.stop(1_000);
  kept = undefined;
  rmSync(folder, { recursive: true, force: true });
});

function program(name: string, code: string): string {
  writeFileSync(join(folder, name), code);
  return join(folder, name);
}

const alive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
};

test("a process that is killed runs again within 3 s, as often as it takes", async () => {
  const said: string[] = [];
  const args = [program("stays.mjs", "setInterval(() => {}, 1000)")];
  kept = keepRunning({ name: "web", args, env: process.env, say: (line) => said.push(line), waits: [20, 40] });
  for (const round of [1, 2, 3]) {
    const before = await vi.waitUntil(() => kept?.pid(), { timeout: 3_000 });
    process.kill(before, "SIGKILL");
    await vi.waitUntil(() => kept?.pid() !== undefined && kept.pid() !== before, { timeout: 3_000 });
    expect(said).toHaveLength(round);
  }
  expect(said).toEqual([
    "web ended (SIGKILL); it starts again in 0.02 s.",
    "web ended (SIGKILL); it starts again in 0.04 s.",
    "web ended (SIGKILL); it starts again in 0.04 s.",
  ]);
});

test("stopping asks first and kills one that does not listen", async () => {
  const file = join(folder, "ready");
  const code = `process.on("SIGTERM", () => {}); setInterval(() => {}, 1000);
    (await import("node:fs")).writeFileSync(${JSON.stringify(file)}, "");`;
  kept = keepRunning({ name: "deaf", args: [program("deaf.mjs", code)], env: process.env, say: () => undefined });
  const pid = kept.pid()!;
  await vi.waitUntil(() => readOr(file) !== null, { timeout: 5_000 });
  const since = Date.now();
  await kept.stop(300);
  expect(alive(pid)).toBe(false);
  expect(Date.now() - since).toBeGreaterThanOrEqual(290);
});

test("a child leaves when its supervisor is gone, even by kill -9", async () => {
  const file = join(folder, "pid");
  const child = program(
    "child.mjs",
    `(await import("node:fs")).writeFileSync(${JSON.stringify(file)}, String(process.pid)); setInterval(() => {}, 1000);`,
  );
  const leave = resolve("scripts/supervisor/leave-with-parent.mjs");
  const parent = program(
    "parent.mjs",
    `import { spawn } from "node:child_process";
     spawn(process.execPath, ["--import", ${JSON.stringify(leave)}, ${JSON.stringify(child)}],
       { detached: true, stdio: ["ignore", "ignore", "ignore", "ipc"] });
     setInterval(() => {}, 1000);`,
  );
  const supervisor = spawn(process.execPath, [parent]);
  const pid = Number(await vi.waitUntil(() => readOr(file) || null, { timeout: 5_000 }));
  expect(alive(pid)).toBe(true);
  supervisor.kill("SIGKILL");
  await vi.waitUntil(() => !alive(pid), { timeout: 3_000 });
});

test("a port in use is said in one line that names another", async () => {
  const server = createServer();
  const port = await new Promise<number>((done) =>
    server.listen(0, "127.0.0.1", () => done((server.address() as { port: number }).port)),
  );
  await expect(needPort(port, "127.0.0.1", 0)).rejects.toThrow(
    `PORT ${port} is in use. Stop what runs there, or choose another: PORT=${port + 1} npm start`,
  );
  await new Promise((done) => server.close(done));
  await expect(needPort(port, "127.0.0.1", 0)).resolves.toBeUndefined();
});

function readOr(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
