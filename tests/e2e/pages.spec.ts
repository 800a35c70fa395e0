import { AxeBuilder } from "@axe-core/playwright";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { seed } from "#db/seed.server.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import { everySight, placesOf, signIn, type Places, type Sight, type Who } from "./every-page.ts";
import { makeWorld, type World } from "./world.ts";

/** What a page of each kind of reader may weigh on the wire with nothing cached. */
const BUDGET: Record<Who, { bytes: number; requests: number }> = {
  visitor: { bytes: 25_000, requests: 4 },
  volunteer: { bytes: 160_000, requests: 12 },
  coordinator: { bytes: 320_000, requests: 24 },
};
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** Lists of all components and pages of developers weigh what they weigh. */
const UNWEIGHED = /^(phone simulator|components)/;

let world: World;
let browser: Browser;
let places: Places;
let sights: Sight[];
const weights: string[] = [];

beforeAll(async () => {
  [world, browser] = await Promise.all([makeWorld(inject("server"), inject("template")), launchBrowser()]);
  await seed(world.ctx());
  places = await placesOf(world);
  sights = everySight(world, places);
});
afterAll(async () => {
  console.info(`bytes and requests of each page, nothing cached:\n${weights.join("\n")}`);
  await browser?.close();
  await world?.stop();
});

test("every page in English, light and dark: axe finds nothing, it fits 320 px, keeps its budget, and loads from here only", async () => {
  await eachSight(async (sight) => {
    const context = await open("en-US", sight);
    const page = await context.newPage();
    const seen = await watch(page);
    await show(page, sight);
    // The icon is fetched last, and by some browsers not at all.
    await world.until(`${sight.name} is loaded`, async () => seen.loaded(), 2).catch(() => null);
    const { bytes, requests, scripts } = seen.weight();
    weights.push(`${sight.who.padEnd(12)} ${sight.name.padEnd(30)} ${String(bytes).padStart(7)} ${requests}`);
    expect.soft(seen.complaints(), `complaints of the browser at ${sight.name}`).toEqual([]);
    expect.soft(seen.foreign(), `foreign hosts at ${sight.name}`).toEqual([]);
    if (!UNWEIGHED.test(sight.name)) {
      expect.soft(bytes, `bytes of ${sight.name}`).toBeLessThanOrEqual(BUDGET[sight.who].bytes);
      expect.soft(requests, `requests of ${sight.name}`).toBeLessThanOrEqual(BUDGET[sight.who].requests);
    }
    if (sight.who === "visitor") expect.soft(scripts, `bytes of script at ${sight.name}`).toBe(0);
    expect.soft(await widest(page), `sideways at ${sight.name}`).toBeLessThanOrEqual(320);
    expect.soft(await faults(page, "light"), `axe, light, at ${sight.name}`).toEqual([]);
    expect.soft(await faults(page, "dark"), `axe, dark, at ${sight.name}`).toEqual([]);
    await context.close();
  });
});

test.each([
  ["ar", "ar", "rtl"],
  ["es-MX", "es", "ltr"],
] as const)(
  "every page in %s: its language, its direction, no word missing, and it fits 320 px",
  async (asked, lang, dir) => {
    const shared = new Map<Who, Promise<BrowserContext>>();
    await eachSight(async (sight) => {
      if (!shared.has(sight.who)) shared.set(sight.who, open(asked, { ...sight, before: undefined }));
      const context = await (sight.before ? open(asked, sight) : shared.get(sight.who)!);
      const page = await context.newPage();
      await show(page, sight);
      expect.soft(await page.locator("html").getAttribute("lang"), `language of ${sight.name}`).toBe(lang);
      expect.soft(await page.locator("html").getAttribute("dir"), `direction of ${sight.name}`).toBe(dir);
      const words = `${await page.title()} ${await page.locator("body").innerText()}`;
      expect.soft(words.match(MESSAGE_ID), `ids for words at ${sight.name}`).toBeNull();
      expect.soft(await widest(page), `sideways at ${sight.name}`).toBeLessThanOrEqual(320);
      await (sight.before ? context : page).close();
    });
    await Promise.all([...shared.values()].map(async (context) => (await context).close()));
  },
);

test("the checks are worth something: a page that is wrong in each way is found out", async () => {
  const page = await (await browser.newContext({ viewport: { width: 320, height: 640 } })).newPage();
  await page.setContent("<html><body><p style='color:#999;width:900px'>web.title</p><img src=x></body></html>");
  expect(await widest(page)).toBeGreaterThan(320);
  expect(await faults(page, "light")).not.toEqual([]);
  expect((await page.locator("body").innerText()).match(MESSAGE_ID)).not.toBeNull();
});

const MESSAGE_ID =
  /\b(app|claims|dashboard|groups|home|messages|notifications|people|posts|problem|sms|web)\.[a-z][\w.]+/;

/** A few at a time: much of it is waiting. */
async function eachSight(look: (sight: Sight) => Promise<void>): Promise<void> {
  const waiting = [...sights];
  const line = async () => {
    for (let sight = waiting.shift(); sight; sight = waiting.shift()) await look(sight);
  };
  await Promise.all([line(), line(), line()]);
}

async function open(locale: string, sight: Sight): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: world.url,
    locale,
    viewport: { width: 320, height: 640 },
    colorScheme: "light",
    hasTouch: true,
    isMobile: true,
  });
  context.setDefaultTimeout(10_000);
  if (sight.who !== "visitor") await signIn(world, context, places.people[sight.who]);
  await context.addCookies([{ name: "lang", value: locale.slice(0, 2), url: world.url }]);
  await sight.before?.(context);
  return context;
}

async function show(page: Page, sight: Sight): Promise<void> {
  let status = 0;
  page.on("response", (response) => {
    if (response.request().isNavigationRequest()) status = response.status();
  });
  await page.goto(sight.path, { waitUntil: "load" });
  await sight.act?.(page);
  expect.soft(status, `status of ${sight.name}`).toBe(sight.status ?? 200);
}

/** Follows what a page loads; the numbers are those of its last document and what came with it. */
async function watch(page: Page) {
  const complaints: string[] = [];
  const foreign: string[] = [];
  const requests = new Map<string, { type: string; bytes: number; loaded: boolean }>();
  page.on("console", (message) => {
    const said = message.text();
    if (message.type() === "error" && !said.startsWith("Failed to load resource")) complaints.push(said);
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Network.enable");
  await cdp.send("Network.setCacheDisabled", { cacheDisabled: true });
  cdp.on("Network.requestWillBeSent", ({ requestId, request, type, redirectResponse }) => {
    if (!request.url.startsWith(world.url) && !request.url.startsWith("data:")) foreign.push(request.url);
    if (type === "Document" && !redirectResponse) requests.clear();
    requests.set(requestId, { type: type ?? "Other", bytes: 0, loaded: false });
  });
  cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const known = requests.get(requestId);
    if (known) Object.assign(known, { bytes: encodedDataLength, loaded: true });
  });
  return {
    complaints: () => complaints,
    loaded: () => requests.size > 2 && [...requests.values()].every(({ loaded }) => loaded),
    foreign: () => foreign,
    weight: () => ({
      bytes: [...requests.values()].reduce((sum, one) => sum + one.bytes, 0),
      requests: requests.size,
      scripts: [...requests.values()].filter(({ type }) => type === "Script").reduce((sum, one) => sum + one.bytes, 0),
    }),
  };
}

/** How wide the document is; what scrolls in a box of its own does not count. */
const widest = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth);

async function faults(page: Page, scheme: "light" | "dark"): Promise<string[]> {
  await page.emulateMedia({ colorScheme: scheme });
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  // Only the colours differ between the two.
  const asked = scheme === "light" ? axe.withTags(WCAG) : axe.withRules(["color-contrast"]);
  const { violations } = await asked.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
}
