import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

export type Page = { status: number; headers: [string, string][]; body: Buffer };
type Encoding = "br" | "gzip" | "identity";
type Entry = { page: Promise<Page>; bodies: Map<Encoding, Promise<Buffer>>; freshUntil: number };

const LIFETIME_MS = 1_000;
const MAX_ENTRIES = 500;
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/**
 * Keeps a visitor's page for one second and renders each at most once at a time, because rendering costs 12 to 15 times
 * what its query costs. The key is URL and language; only pages without anything personal may come in here.
 */
export function makePageCache(clock: () => number = Date.now) {
  const entries = new Map<string, Entry>();

  return async (key: string, encoding: Encoding, render: () => Promise<Page>): Promise<Page> => {
    let entry = entries.get(key);
    if (!entry || entry.freshUntil < clock()) {
      const fresh: Entry = { page: render(), bodies: new Map(), freshUntil: Infinity };
      entries.delete(key);
      entries.set(key, fresh);
      if (entries.size > MAX_ENTRIES) entries.delete(entries.keys().next().value!);
      fresh.page.then(
        (page) => (page.status === 200 ? (fresh.freshUntil = clock() + LIFETIME_MS) : entries.delete(key)),
        () => entries.delete(key),
      );
      entry = fresh;
    }
    const page = await entry.page;
    if (!entry.bodies.has(encoding)) entry.bodies.set(encoding, compress(page.body, encoding));
    return encoded(page, encoding, await entry.bodies.get(encoding)!);
  };
}

/** The same page in the encoding the browser takes best. */
export async function compressed(page: Page, encoding: Encoding): Promise<Page> {
  return encoded(page, encoding, await compress(page.body, encoding));
}

export function bestEncoding(accept: string | string[] | undefined): Encoding {
  const offered = String(accept ?? "");
  if (/\bbr\b/.test(offered)) return "br";
  return /\bgzip\b/.test(offered) ? "gzip" : "identity";
}

function compress(body: Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === "identity" || body.length < 500) return Promise.resolve(body);
  return encoding === "br" ? promisify(brotliCompress)(body, QUALITY) : promisify(gzip)(body);
}

function encoded(page: Page, encoding: Encoding, body: Buffer): Page {
  if (body === page.body) return page;
  return { ...page, body, headers: [...page.headers, ["Content-Encoding", encoding]] };
}
