import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { aGroup, aPerson, aPost } from "#tests/factories.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import { aDesk } from "./coordinators.ts";
import { makeWorld, type World } from "./world.ts";

let world: World;
let browser: Browser;

beforeAll(async () => {
  [world, browser] = await Promise.all([
    makeWorld(inject("server"), inject("template"), { roles: ["web"] }),
    launchBrowser(),
  ]);
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});

test("on a phone: an edit is taken back, who was too late sees both sides, an author is asked", async () => {
  const group = await aGroup(world.ctx());
  const { phone } = await aPerson(world.ctx());
  const contact = { name: null, phone, email: null };
  const details = "https://example.org";
  const post = await aPost(world.ctx(), { groupId: group.id, title: "Blankets", details, contact });
  const [{ page }, { page: other }] = [
    await aDesk(browser, world, group.id, false),
    await aDesk(browser, world, group.id, false),
  ];
  const wide = (of = page) => of.evaluate("document.documentElement.scrollWidth");
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto("/coordinate/review");
  await page.getByText("Write to them…").click();
  await page.getByLabel("What you ask or tell them").fill("Which size?");
  await page.screenshot({ path: "tests/output/second-thoughts-review.png", fullPage: true });
  expect(await wide()).toBe(360);
  await page.getByRole("button", { name: "Send it" }).first().click();
  await page.getByText("It will be texted to them").waitFor();

  const desk = `/coordinate/posts/${post.code}`;
  await page.goto(desk);
  await other.goto(desk);
  await other
    .getByLabel("In a few words")
    .or(other.locator("#title"))
    .first()
    .fill("Warm blankets for a family of five with two babies");
  await other.locator("button[value=edit]").click();
  await other.getByText("Changed: Warm blankets").waitFor();

  await page
    .getByRole("radio", { name: /no longer|withdrawn|taken back/i })
    .first()
    .check();
  await page.locator("button[value=close]").last().click();
  await page.getByText("What you saw").waitFor();
  const sides = await page.locator(".beside tbody tr").allInnerTexts();
  expect(sides.join("|")).toMatch(/Blankets\s+Warm blankets/);
  expect(await wide()).toBe(360);
  await page.screenshot({ path: "tests/output/second-thoughts-conflict.png", fullPage: true });

  await other.getByRole("button", { name: "Undo" }).click();
  await other.getByText("Taken back. Nobody was told.").waitFor();
  expect(await other.locator("#title").inputValue()).toBe("Blankets");
});
