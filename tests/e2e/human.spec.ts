import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { Browser } from "playwright-core";
import { launchBrowser } from "#tests/setup/browser.ts";
import { makeWorld, type World } from "./world.ts";

let world: World;
let browser: Browser;
beforeAll(async () => {
  const options = { env: { RATE_LIMITS: "on" } };
  [world, browser] = await Promise.all([makeWorld(inject("server"), inject("template"), options), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await world?.stop();
});

test("a browser does the sum by itself under our content policy, and goes on with a pass", async () => {
  const context = await browser.newContext({ locale: "en-US", viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  const complaints: string[] = [];
  const hosts = new Set<string>();
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => hosts.add(new URL(request.url()).host));
  await page.goto(`${world.url}/check?to=%2Fgroups`);
  await page.waitForURL((url) => url.pathname === "/groups", { timeout: 30_000 });
  expect(complaints).toEqual([]);
  expect([...hosts]).toEqual([new URL(world.url).host]);
  expect((await context.cookies()).map(({ name }) => name)).toContain("human");
  await context.close();
});

test("without scripts a minute is asked for, and too early is said kindly", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: "en-US" });
  const page = await context.newPage();
  await page.goto(`${world.url}/check?to=%2Fgroups`);
  expect(await page.locator("main").innerText()).toContain("wait one minute");
  const before = await page.locator("[name=wait]").inputValue();
  const [answer] = await Promise.all([
    page.waitForResponse((one) => one.request().method() === "POST"),
    page.click("main button"),
  ]);
  expect(answer.status()).toBe(422);
  expect(await page.locator("[role=alert]").innerText()).toMatch(/Please wait \d+ more seconds/);
  expect(await page.locator("[name=wait]").inputValue()).toBe(before);
  await context.close();
});
