import { afterEach, expect, it, vi } from "vitest";
import { settled } from "#app/claims/settled.server.ts";

afterEach(() => vi.useRealTimers());

const failing = (code: string, constraint?: string) =>
  Object.assign(new Error(code), { code, constraint_name: constraint });

it.each([
  ["a deadlock", failing("40P01")],
  ["a serialization failure", failing("40001")],
  ["its own twin", failing("23505", "claims_idempotency")],
])("asks again after %s, and not for ever", async (_, error) => {
  const once = vi.fn().mockRejectedValueOnce(error).mockResolvedValue("done");
  expect(await settled(once)).toBe("done");
  const always = vi.fn().mockRejectedValue(error);
  await expect(settled(always)).rejects.toBe(error);
  expect(always).toHaveBeenCalledTimes(4);
});

it.each([
  ["another key is taken", failing("23505", "posts_code_unique")],
  ["something else is wrong with the twin's key", failing("23514", "claims_idempotency")],
  ["it is no word of the database", new Error("words")],
])("does not ask again where %s", async (_, error) => {
  const broken = vi.fn().mockRejectedValue(error);
  await expect(settled(broken)).rejects.toBe(error);
  expect(broken).toHaveBeenCalledTimes(1);
});

it("leaves no timer behind", async () => {
  vi.useFakeTimers();
  await settled(async () => "done");
  expect(vi.getTimerCount()).toBe(0);
});

it("gives up on a statement the driver has lost", async () => {
  vi.useFakeTimers();
  const lost = expect(settled(() => new Promise(() => undefined))).rejects.toMatchObject({
    kind: "too-busy",
    status: 503,
  });
  await vi.advanceTimersByTimeAsync(7_000);
  await lost;
});
