import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { Browser } from "playwright-core";
import { launchBrowser } from "#tests/setup/browser.ts";
import { makeWorld, type World } from "./world.ts";

let world: World;
let browser: Browser;
beforeAll(async () => {
  [world, browser] = await Promise.all([makeWorld(inject("server"), inject("template")), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await world?.stop();
});

test("the built server shows its first page to a browser, and the browser complains of nothing", async () => {
  const page = await (await browser.newContext({ locale: "en-US", viewport: { width: 360, height: 740 } })).newPage();
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  const answer = await page.goto(world.url);
  expect(answer?.status()).toBe(200);
  expect(await page.locator("html").getAttribute("lang")).toBe("en");
  expect(await page.locator("h1").count()).toBe(1);
  expect(complaints).toEqual([]);
});
