import { vitePlugin as remix } from "@remix-run/dev";
import { defineConfig } from "vite";
import remixConfig from "./remix.config.js";

export default defineConfig({
  plugins: [remix(remixConfig)],
  build: { assetsInlineLimit: 0, target: "es2022" },
  ssr: { external: ["postgres", "drizzle-orm", "libphonenumber-js"] },
});
