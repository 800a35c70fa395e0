import { afterEach, expect, it, vi } from "vitest";
import { settled } from "#app/claims/settled.server.ts";

afterEach(() => vi.useRealTimers());

const failing = (code: string, constraint?: string) =>
  Object.assign(new Error(code), { code, constraint_name: constraint });

it.each([
  ["a deadlock", failing("40P01")],
  ["its own twin", failing("23505", "claims_idempotency")],
])("asks again after %s, and not for ever", async (_, error) => {
  const once = vi.fn().mockRejectedValueOnce(error).mockResolvedValue("done");
  expect(await settled(once)).toBe("done");
  const always = vi.fn().mockRejectedValue(error);
  await expect(settled(always)).rejects.toBe(error);
  expect(always).toHaveBeenCalledTimes(4);
});

it("does not ask again where that would not help", async () => {
  const broken = vi.fn().mockRejectedValue(failing("23505", "posts_code_unique"));
  await expect(settled(broken)).rejects.toThrow();
  expect(broken).toHaveBeenCalledTimes(1);
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
