import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from "vitest";
import { network } from "#tests/mocks/network.ts";

beforeAll(() => {
  network.listen({
    // A test may talk to a server it started itself; anything further away must have been announced.
    onUnhandledRequest(request, print) {
      if (!["127.0.0.1", "localhost", "[::1]"].includes(new URL(request.url).hostname)) print.error();
    },
  });
});
afterEach(() => network.resetHandlers());
afterAll(() => network.close());

/** What is said on console.error is a fault, unless the test itself replaces it with a spy and looks at what came. */
const said: unknown[][] = [];
beforeEach(() => {
  said.length = 0;
  vi.spyOn(console, "error").mockImplementation((...words: unknown[]) => void said.push(words));
});
afterEach(() => {
  const words = said.map((entry) => entry.map(String).join(" "));
  vi.restoreAllMocks();
  expect(words, "console.error was called").toEqual([]);
});
