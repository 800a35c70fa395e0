import { defineConfig } from "vitest/config";

/** End to end: the built server in a real browser, one file after the other. Runs from the root of the checkout. */
export default defineConfig({
  test: {
    include: ["tests/{e2e,failure}/**/*.spec.ts"],
    globalSetup: ["tests/setup/global.ts"],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 120_000,
    env: { NODE_ENV: "test", TZ: "UTC" },
  },
});
