/**
 * Options of the Remix plugin. Vite mode does not read this file by itself: vite.config.ts imports it.
 * Single fetch and lazy route discovery stay off: both put turbo-stream or `__manifest` on the wire,
 * and Remix 2 has open advisories for them.
 *
 * @type {import("@remix-run/dev").VitePluginConfig}
 */
export default {
  appDirectory: "app",
  buildDirectory: process.env.BUILD_DIR ?? "build",
  ignoredRouteFiles: ["**/.*"],
  future: {
    v3_fetcherPersist: true,
    v3_relativeSplatPath: true,
    v3_throwAbortReason: true,
  },
};
