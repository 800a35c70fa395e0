import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cookieHeader, readCookie } from "#app/web/cookies.server.ts";
import { isDatabaseAway } from "#app/web/database-away.server.ts";
import { preferredLocale } from "#app/web/locale.server.ts";
import { safePath } from "#app/web/safe-path.ts";

/** Of what a parser takes apart, so that the odd ones are met at once. */
const PATHS = fc
  .array(fc.constantFrom("/", "\\", ".", "..", "%2e", "%2f", "\t", "@", ":", "?", "#", "https:", "evil.example"))
  .map((parts) => parts.join(""));

describe("where to go on to", () => {
  test.each([
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "",
    "board",
    "/a\r\nb",
    "/..//evil.example",
    "/.//evil.example",
    "/%2e%2e//evil.example",
    "/a/..//evil.example",
  ])("%j stays home", (wanted) => expect(safePath(wanted)).toBe("/"));

  test("a path of ours is kept with its query", () => {
    expect(safePath("/p/4F2K?from=board#history")).toBe("/p/4F2K?from=board#history");
  });

  test("whatever is asked, the browser stays on this site", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), PATHS), (wanted) => {
        expect(new URL(safePath(`/${wanted}`), "https://here.example").origin).toBe("https://here.example");
      }),
      { numRuns: 5_000 },
    );
  });
});

describe("cookies", () => {
  const http = { PUBLIC_URL: "http://localhost:3000" };
  const https = { PUBLIC_URL: "https://help.example.org" };
  const asking = (cookie: string) => new Request("http://localhost/", { headers: { cookie } });

  test("behind https they are bound to the host and secure", () => {
    expect(cookieHeader(https, "sid", "abc_123-x")).toBe(
      "__Host-sid=abc_123-x; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure",
    );
    expect(readCookie(https, asking("sid=planted; __Host-sid=ours"), "sid")).toBe("ours");
  });

  test("what does not look like a token counts as absent and is never sent", () => {
    expect(readCookie(http, asking("sid=a b"), "sid")).toBeNull();
    expect(readCookie(http, asking("other=1"), "sid")).toBeNull();
    expect(() => cookieHeader(http, "sid", "a; Domain=evil")).toThrow();
  });
});

test.each([
  ["es-MX,es;q=0.9,en;q=0.8", "es"],
  ["fr,ar;q=0.5,en;q=0.3", "ar"],
  ["de", "en"],
  ["en;q=0.1,es;q=0", "en"],
  [";;;q=,,", "en"],
])("a browser that asks for %s is answered in %s", (header, locale) => {
  expect(preferredLocale(header)).toBe(locale);
});

test("a database that is away is told from a mistake of ours", () => {
  const wrapped = new Error("query failed", { cause: Object.assign(new Error("x"), { code: "57P01" }) });
  expect(isDatabaseAway(wrapped)).toBe(true);
  expect(isDatabaseAway(Object.assign(new Error("x"), { code: "ECONNREFUSED" }))).toBe(true);
  expect(isDatabaseAway(Object.assign(new Error("x"), { code: "23505" }))).toBe(false);
  expect(isDatabaseAway("x")).toBe(false);
});
