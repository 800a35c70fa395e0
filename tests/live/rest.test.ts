import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { makeHub } from "#app/live/hub.server.ts";
import type { Db } from "#db/client.server.ts";
import { testCtx } from "#tests/setup/context.ts";

const ctx = testCtx();
const watcher = (keepsUp: boolean) => ({ groups: "all" as const, write: () => keepsUp, close: () => undefined });
beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
afterEach(() => void vi.useRealTimers());

test("asks the database nothing any more once the last who watched was let go", async () => {
  const hub = makeHub(ctx);
  await hub.add(watcher(false), null);
  expect(vi.getTimerCount()).toBe(2);
  vi.advanceTimersByTime(15_000);
  expect(hub.size).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
  await hub.add(watcher(true), null);
  expect(vi.getTimerCount()).toBe(2);
  hub.close();
});

test("whoever tries while the database is away leaves no timer behind", async () => {
  const away = Object.assign(() => Promise.reject(new Error("away")), { listen: async () => undefined });
  const hub = makeHub({ ...ctx, db: { sql: away } as unknown as Db });
  for (let tries = 0; tries < 5; tries++) {
    await expect(hub.add(watcher(true), null)).rejects.toThrow("away");
  }
  expect(vi.getTimerCount()).toBe(0);
});
