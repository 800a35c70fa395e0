import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { claimPost } from "#app/claims/claim-post.server.ts";
import { newToken } from "#app/core/ids.server.ts";
import { aGroup, aMember, aPost, signedInAs } from "#tests/factories.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import { signIn } from "./every-page.ts";
import { makeWorld, type World } from "./world.ts";

let world: World;
let browser: Browser;
beforeAll(async () => {
  const opened = launchBrowser({ keepsPages: true });
  [world, browser] = await Promise.all([makeWorld(inject("server"), inject("template")), opened]);
});
afterAll(async () => {
  await browser?.close();
  await world?.stop();
});

test("the build has every route, and each loader and action in it says who may call it", async () => {
  type Module = Record<"loader" | "action", { access?: string } | undefined>;
  const url = pathToFileURL(resolve("build/server/index.js")).href;
  const { routes } = (await import(/* @vite-ignore */ url)) as { routes: Record<string, { module: Module }> };
  const files = readdirSync("app/routes").map((name) => `routes/${name.replace(/\.tsx?$/, "")}`);
  expect(Object.keys(routes).toSorted()).toEqual(["root", ...files].toSorted());
  const handlers = Object.values(routes).flatMap(({ module: { loader, action } }) => [loader, action]);
  expect(handlers.filter((handler) => handler && !handler.access)).toEqual([]);
});

test.each([
  { what: "the promise still stands", handsBack: false },
  { what: "it was handed back", handsBack: true },
])("the back button after the address was seen, where $what", async ({ handsBack }) => {
  const ctx = world.ctx();
  const group = await aGroup(ctx);
  const helper = await aMember(ctx, group.id);
  const post = await aPost(ctx, { groupId: group.id, address: "99 Cormorant Road" });
  const wish = { code: post.code, quantity: 1, eta: null, note: null, offerCode: null, idempotencyKey: newToken() };
  const { id } = await claimPost(await signedInAs(ctx, helper), wish);
  const context = await browser.newContext({ locale: "en-US" });
  await signIn(world, context, helper.id);
  const page = await context.newPage();
  await page.goto(`${world.url}/claims/${id}`);
  expect(await page.content()).toContain("99 Cormorant Road");
  await page.evaluate(() => Object.assign(window, { leftAsItWas: true }));
  await page.goto(`${world.url}/claims/${id}?hand_back=1`);
  if (handsBack) {
    await page.locator("main form button").first().click();
    await page.waitForURL(`${world.url}/claims/${id}`);
    await page.goBack();
  }
  // A page that is shown as it was left loads nothing.
  await page.goBack({ waitUntil: "commit" });
  await page.waitForURL(`${world.url}/claims/${id}`, { waitUntil: "commit" });
  await page.waitForFunction(() => document.querySelector("main h1") !== null);
  const kept = await page.evaluate(() => "leftAsItWas" in window);
  expect({ kept, address: (await page.content()).includes("99 Cormorant Road") }).toEqual(
    handsBack ? { kept: false, address: false } : { kept: true, address: true },
  );
  expect((await context.cookies()).map(({ name }) => name)).toEqual(["sid"]);
  await context.close();
});
