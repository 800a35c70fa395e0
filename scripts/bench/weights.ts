import { getter, type Line } from "./measure.ts";
import type { BenchWorld } from "./world.ts";

/** Hard budgets of the page classes in bytes on the wire (brotli) and requests. */
const BUDGETS = {
  A: { bytes: 25 * 1024, requests: 4 },
  B: { bytes: 160 * 1024, requests: 12 },
  C: { bytes: 320 * 1024, requests: 18 },
};

/** First-load weight of seekers' pages: the document and everything it names, as a browser would fetch it. */
export async function benchWeights(world: BenchWorld): Promise<Line[]> {
  const web = await world.run("web");
  const get = getter(web.url, { "accept-encoding": "br" });
  const lines: Line[] = [];
  for (const path of ["/", "/board", "/groups", "/groups/group-1", "/p/B1", "/needs/new", "/offers/new", "/sign-in"]) {
    const html = await (await fetch(web.url + path, { headers: { "accept-encoding": "identity" } })).text();
    const named = new Set([...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map((match) => match[1]!));
    const answers = await Promise.all([path, ...named].map((one) => get(one)));
    const bytes = answers.reduce((sum, answer) => sum + answer.bytes, 0);
    lines.push({
      area: "weight",
      what: `${path} (class A, ${answers.length} requests)`,
      value: `${(bytes / 1024).toFixed(1)} KB`,
      floor: `${BUDGETS.A.bytes / 1024} KB budget`,
      ratio: bytes / BUDGETS.A.bytes,
    });
  }
  web.child.kill("SIGTERM");
  return lines;
}
