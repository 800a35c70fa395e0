import { expect, test } from "vitest";
import { pageHeaders } from "#app/web/security-headers.server.ts";

const imagesFrom = (env: Parameters<typeof pageHeaders>[0]) =>
  new Map(pageHeaders(env, "n")).get("Content-Security-Policy")!.match(/img-src ([^;]*)/)![1];

test("pictures come from here alone, and from exactly the tile server where one is set", () => {
  const PUBLIC_URL = "https://help.example.org";
  expect(imagesFrom({ PUBLIC_URL })).toBe("'self' data:");
  expect(imagesFrom({ PUBLIC_URL, MAP_TILES_URL: "https://tiles.example.org:8443/v1/{z}/{x}/{y}.png" })).toBe(
    "'self' data: https://tiles.example.org:8443",
  );
});
