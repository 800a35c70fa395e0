import { vitePlugin as remix } from "@remix-run/dev";
import { defineConfig } from "vite";
import remixConfig from "./remix.config.js";

/** What every hydrated page needs travels as two files, not as a dozen crumbs: each request costs a bad line a round trip. */
const SHARED_BY_HYDRATED_PAGES = [
  {
    name: "framework",
    test: /node_modules\/(react|react-dom|scheduler|react-router|react-router-dom|@remix-run|@lingui)\//,
  },
  { name: "shared", test: /\/app\/(ui|i18n|web)\/(?!compiled|samples).*\.tsx?$/, minShareCount: 2 },
];

export default defineConfig(({ isSsrBuild }) => ({
  plugins: [remix(remixConfig)],
  build: {
    assetsInlineLimit: 0,
    target: "es2022",
    ...(isSsrBuild ? {} : { rolldownOptions: { output: { advancedChunks: { groups: SHARED_BY_HYDRATED_PAGES } } } }),
  },
  ssr: { external: ["postgres", "drizzle-orm", "libphonenumber-js"] },
}));
