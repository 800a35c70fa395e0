import { brotliDecompressSync } from "node:zlib";
import { expect, test, vi } from "vitest";
import { bestEncoding, makePageCache, type Page } from "#app/web/http/page-cache.server.ts";

const page = (words: string, status = 200): Page => ({ status, headers: [], body: Buffer.from(words.repeat(300)) });

test("fifty visitors at once cost one rendering, and a second later the page is fresh", async () => {
  let now = 0;
  const cache = makePageCache(() => now);
  const render = vi.fn(async () => page(`rendered at ${now}`));
  await Promise.all(Array.from({ length: 50 }, () => cache("en /board", "identity", render)));
  expect(render).toHaveBeenCalledTimes(1);
  now = 999;
  await cache("en /board", "identity", render);
  expect(render).toHaveBeenCalledTimes(1);
  now = 1_001;
  expect((await cache("en /board", "identity", render)).body.toString()).toContain("rendered at 1001");
});

test("languages and addresses are kept apart", async () => {
  const cache = makePageCache(() => 0);
  await cache("en /board", "identity", async () => page("needs"));
  expect((await cache("es /board", "identity", async () => page("necesidades"))).body.toString()).toContain(
    "necesidades",
  );
});

test("errors are not kept, whether answered or thrown", async () => {
  const cache = makePageCache(() => 0);
  expect((await cache("k", "identity", async () => page("busy", 503))).status).toBe(503);
  await expect(cache("k", "identity", () => Promise.reject(new Error("away")))).rejects.toThrow("away");
  expect((await cache("k", "identity", async () => page("fine"))).status).toBe(200);
});

test("each browser gets the encoding it takes", async () => {
  const cache = makePageCache(() => 0);
  const brotli = await cache("k", bestEncoding("gzip, deflate, br"), async () => page("needs"));
  expect(brotli.headers).toContainEqual(["Content-Encoding", "br"]);
  expect(brotliDecompressSync(brotli.body).toString()).toBe("needs".repeat(300));
  const plain = await cache("k", bestEncoding(undefined), async () => page("other"));
  expect(plain.headers).toEqual([]);
});
