import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.{ts,tsx}"],
    globalSetup: ["tests/setup/global.ts"],
    setupFiles: ["tests/setup/each-file.ts"],
    maxWorkers: 2,
    testTimeout: 15_000,
    hookTimeout: 60_000,
    env: { NODE_ENV: "test", TZ: "UTC" },
  },
});
