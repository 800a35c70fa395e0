import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { hashToken, newToken } from "#app/core/ids.server.ts";
import { DEMO_COORDINATOR, seed } from "#db/seed.server.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import { makeWorld, type World } from "./world.ts";

const PUBLIC = [
  "/",
  "/board",
  "/board?kind=need&group=kitchen",
  "/groups",
  "/groups/kitchen",
  "/needs/new",
  "/sign-in",
];
const SIGNED_IN = ["/me", "/me/settings", "/me/data"];
const DESK = [
  "/coordinate",
  "/coordinate/dashboard",
  "/coordinate/posts",
  "/coordinate/people",
  "/groups/kitchen/members",
];
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const VIEWS = [
  { width: 320, colorScheme: "light", lang: "es" },
  { width: 360, colorScheme: "dark", lang: "ar" },
  { width: 1280, colorScheme: "light", lang: "en" },
] as const;

let world: World;
let browser: Browser;
let sid: string;
let code: string;

beforeAll(async () => {
  [world, browser] = await Promise.all([
    makeWorld(inject("server"), inject("template"), { roles: ["web"] }),
    launchBrowser(),
  ]);
  await seed(world.ctx());
  sid = newToken(32);
  const lookup = world.seal.lookup("phone", DEMO_COORDINATOR.phone);
  await world.sql`
    insert into sessions (token_hash, person_id, device, created_at, seen_on, expires_at)
    select ${hashToken(sid)}, id, 'Test', now(), now()::date, now() + interval '1 day'
    from people where phone_lookup = ${lookup}`;
  const [post] = await world.sql<{ code: string }[]>`
    select code from posts where kind = 'need' and status = 'open' and visibility = 'everyone' and remaining > 0 limit 1`;
  code = post!.code;
});
afterAll(async () => {
  await browser?.close();
  await world?.stop();
});

type View = (typeof VIEWS)[number];

async function open(path: string, view: View, signedIn: boolean): Promise<{ page: Page; wire: Promise<number>[] }> {
  const context = await browser.newContext({
    viewport: { width: view.width, height: 800 },
    colorScheme: view.colorScheme,
  });
  if (signedIn) await context.addCookies([{ name: "sid", value: sid, url: world.url }]);
  const page = await context.newPage();
  const wire: Promise<number>[] = [];
  page.on("requestfinished", (request) => {
    wire.push(request.sizes().then((sizes) => sizes.responseBodySize + sizes.responseHeadersSize));
  });
  const url = new URL(path, world.url);
  await context.addCookies([{ name: "lang", value: view.lang, url: world.url }]);
  const answer = await page.goto(url.href);
  expect(answer!.status()).toBe(200);
  return { page, wire };
}

/** What the eye and the finger need: one heading, nothing past the edge, and targets one can hit. */
const measure = (page: Page) =>
  page.evaluate(() => {
    const least = document.querySelector(".desk") ? 24 : 47.5;
    const targets = [...document.querySelectorAll<HTMLElement>("a, button, input:not([type=hidden]), select, summary")];
    const small = targets.filter((target) => {
      // The trap for programs, which nobody sees or reaches.
      if (target.closest("[aria-hidden=true]")) return false;
      const box = (target.closest("label.choice") ?? target).getBoundingClientRect();
      return box.height > 2 && box.height < least && getComputedStyle(target).display !== "inline";
    });
    return {
      headings: document.querySelectorAll("h1").length,
      past: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      small: small.map((target) => target.outerHTML.slice(0, 120)),
      lang: document.documentElement.lang,
      dir: document.documentElement.dir,
    };
  });

describe.each(VIEWS)("at $width px, $colorScheme, in $lang", (view) => {
  const paths = [
    ...PUBLIC.map((path) => [path, false] as const),
    ...[...SIGNED_IN, ...DESK].map((path) => [path, true] as const),
  ];

  test.each(paths)("%s can be seen, read and pressed", async (path, signedIn) => {
    const { page } = await open(path, view, signedIn);
    expect(await measure(page)).toEqual({
      headings: 1,
      past: 0,
      small: [],
      lang: view.lang,
      dir: view.lang === "ar" ? "rtl" : "ltr",
    });
    const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html.slice(0, 160)}`)).toEqual([]);
    await page.context().close();
  });
});

test.each([...PUBLIC, "a post"])("%s weighs at most 25 KB in at most 4 requests and runs no script", async (path) => {
  const { page, wire } = await open(path === "a post" ? `/p/${code}` : path, VIEWS[1], false);
  await page.waitForLoadState("networkidle");
  const sizes = await Promise.all(wire);
  expect(sizes.length).toBeLessThanOrEqual(4);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(25_000);
  expect(await page.locator("script").count()).toBe(0);
  await page.context().close();
});
