import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import type { Browser, Page } from "playwright-core";
import { notifyWorker } from "#app/events/wake-worker.server.ts";
import { closePost } from "#app/posts/close-post.server.ts";
import { editPost } from "#app/posts/edit-post.server.ts";
import { aGroup, aPost, signedInAs, type MadeGroup, type MadePost } from "#tests/factories.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import { aDesk, type Desk } from "./coordinators.ts";
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

let group: MadeGroup;
let posts: MadePost[];
beforeEach(async () => {
  group = await aGroup(world.ctx());
  posts = [];
  for (const title of ["Blankets", "Dinner", "Tents"]) posts.push(await made(title));
});

const made = async (title: string) => {
  const post = await aPost(world.ctx(), { groupId: group.id, title });
  notifyWorker(world.db);
  return post;
};
const asCoordinator = (desk: Desk) => signedInAs(world.ctx(), { id: desk.personId });
const codes = (page: Page) =>
  page.locator("#posts tbody tr").evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset["code"]));
const places = (page: Page) =>
  page.locator("#posts tbody tr").evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().top));
const live = (page: Page) => page.locator(".live-line[data-live=live]").waitFor();

async function atTheTable(script = true): Promise<Desk> {
  const desk = await aDesk(browser, world, group.id, script);
  await desk.page.goto("/coordinate/posts");
  if (script) await live(desk.page);
  return desk;
}

describe("what changes while somebody looks", () => {
  test("waits behind a button, and no row moves until it is asked for", async () => {
    const { page, context } = await atTheTable();
    const before = [await codes(page), await places(page)];
    const fresh = await made("Urgent: insulin");
    const button = page.getByRole("button", { name: "1 new – show" });
    await button.waitFor();
    expect([await codes(page), await places(page)]).toEqual(before);
    await button.click();
    await expect.poll(() => codes(page)).toContain(fresh.code);
    await context.close();
  });

  test("is not drawn while the mouse is down, and then without moving a row", async () => {
    const desk = await atTheTable();
    const { page } = desk;
    const before = [await codes(page), await places(page)];
    const row = page.locator(`#posts tr[data-code="${posts[1]!.code}"]`);
    const box = (await row.boundingBox())!;
    // Beside the link: words are marked, the link itself is not dragged.
    await page.mouse.move(box.x + box.width - 30, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 130, box.y + 12, { steps: 5 });
    await closePost(await asCoordinator(desk), { code: posts[0]!.code, reason: "withdrawn" });
    await made("Another one");
    // Long enough for the news to have come twice over: nothing may show that it did.
    await page.waitForTimeout(1_500);
    expect([await codes(page), await places(page)]).toEqual(before);
    expect(await page.getByRole("button", { name: /new|changed/ }).count()).toBe(0);
    await page.mouse.up();
    await page.getByRole("button", { name: "1 new – show" }).waitFor();
    await page.locator(`#posts tr.changed[data-code="${posts[0]!.code}"]`).waitFor();
    expect([await codes(page), await places(page)]).toEqual(before);
    await desk.context.close();
  });

  test("is caught up with once the connection is back", async () => {
    const desk = await atTheTable();
    const { page, context } = desk;
    await context.setOffline(true);
    await page.getByText("The connection is lost").waitFor();
    await editPost(await asCoordinator(desk), { code: posts[2]!.code, changes: { title: "Tents, big ones" } });
    await made("While you were away");
    expect(await page.getByRole("button", { name: /new/ }).count()).toBe(0);
    await context.setOffline(false);
    await page.getByRole("button", { name: "1 new – show" }).waitFor();
    await page.locator("#posts tr.changed", { hasText: "Tents, big ones" }).waitFor();
    await live(page);
    await context.close();
  });

  test("is caught up with after the server was started anew", async () => {
    const { page, context } = await atTheTable();
    world.web().kill("SIGKILL");
    await page.getByText("The connection is lost").waitFor();
    await made("Nobody was there to tell");
    await page.getByRole("button", { name: "1 new – show" }).waitFor({ timeout: 30_000 });
    await context.close();
  });
});

test("nobody is told of another group's posts, nor without running one", async () => {
  const desk = await aDesk(browser, world, group.id);
  const other = await aGroup(world.ctx());
  await desk.page.goto("/coordinate/posts");
  await live(desk.page);
  const strange = await aPost(world.ctx(), { groupId: other.id, title: "Not yours" });
  notifyWorker(world.db);
  await made("Yours");
  await desk.page.getByRole("button", { name: "1 new – show" }).click();
  expect(await codes(desk.page)).not.toContain(strange.code);
  await desk.context.close();
  expect((await fetch(`${world.url}/coordinate/live`)).status).toBe(401);
});

test.each([true, false])(
  "two coordinators on one post: the second sees the first's words beside their own (script: %s)",
  async (script) => {
    const [one, two] = [await aDesk(browser, world, group.id, script), await aDesk(browser, world, group.id, script)];
    const desk = `/coordinate/posts/${posts[0]!.code}`;
    await one.page.goto(desk);
    await two.page.goto(desk);
    const title = "In a few words";
    await one.page.getByLabel(title).fill("Blankets, wool");
    await one.page.getByRole("button", { name: "Save" }).click();
    await one.page.getByText("Changed: Blankets, wool").waitFor();
    await two.page.getByLabel(title).fill("Blankets, ten of them");
    await two.page.getByRole("button", { name: "Save" }).click();
    await two.page.getByText("Somebody changed this while you were writing").first().waitFor();
    expect(await two.page.getByLabel(title).inputValue()).toBe("Blankets, ten of them");
    expect(await two.page.getByRole("main").innerText()).toContain("Blankets, wool");
    await two.page.getByRole("button", { name: "Save mine anyway" }).click();
    await two.page.getByText("Changed: Blankets, ten of them").waitFor();
    await one.page.reload();
    expect(await one.page.getByLabel(title).inputValue()).toBe("Blankets, ten of them");
    await Promise.all([one.context.close(), two.context.close()]);
  },
);

describe("many at once", () => {
  const box = (page: Page, title: string) => page.getByRole("checkbox", { name: `Choose ${title}` });
  const states = () =>
    world.sql`select title, status, urgency from posts where group_id = ${group.id}::uuid order by title`.then((rows) =>
      rows.map((row) => [row["title"], row["status"], row["urgency"]]),
    );

  test("are done in portions with a running count; what somebody changed meanwhile is named; it can be taken back", async () => {
    for (let n = 0; n < 9; n += 1) await made(`Soup ${n}`);
    const desk = await atTheTable();
    const { page } = desk;
    expect(await page.locator(".bulk-bar").count(), "nothing is chosen yet").toBe(0);
    await page.getByRole("checkbox", { name: "Choose all on this page" }).click();
    await page.getByText("12 posts chosen").waitFor();
    await editPost(await asCoordinator(desk), { code: posts[0]!.code, changes: { title: "Blankets, wool" } });
    await page.getByLabel("What to do with the chosen posts").selectOption({ label: "Close: Fulfilled" });
    const portions: number[] = [];
    page.on("request", (request) => {
      if (request.url().endsWith("/coordinate/posts/bulk"))
        portions.push(new URLSearchParams(request.postData() ?? "").getAll("row").length);
    });
    await page.getByRole("button", { name: "Do it" }).click();
    await page.getByText("Done with 11 posts.").waitFor();
    expect(portions).toEqual([5, 5, 2]);
    await page.getByText("1 post stays as it is").waitFor();
    expect(await page.getByRole("status").filter({ hasText: "stays as it is" }).innerText()).toContain("changed");
    expect((await states()).filter(([, status]) => status === "closed")).toHaveLength(11);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("11 posts are as they were.").waitFor();
    expect((await states()).every(([, status]) => status === "open")).toBe(true);
    await desk.context.close();
  });

  test("are one form without script", async () => {
    const { page, context } = await atTheTable(false);
    for (const title of ["Dinner", "Tents"]) await box(page, title).check();
    await page.getByLabel("What to do with the chosen posts").selectOption({ label: "How urgent: Urgent" });
    await page.getByRole("button", { name: "Do it" }).click();
    await page.getByText("Done with 2 posts.").waitFor();
    expect(await states()).toEqual([
      ["Blankets", "open", "normal"],
      ["Dinner", "open", "urgent"],
      ["Tents", "open", "urgent"],
    ]);
    await context.close();
  });

  test("a list is kept under a name and found again", async () => {
    const { page, context } = await atTheTable();
    await page.goto("/coordinate/posts?state=all&kind=need");
    await page.getByText("Keep this list").click();
    await page.getByLabel("Name").fill("All needs");
    await page.getByRole("button", { name: "Keep", exact: true }).click();
    await page.goto("/coordinate/posts");
    await page.getByRole("link", { name: "All needs" }).click();
    await page.waitForURL(/state=all&kind=need/);
    await context.close();
  });
});

test("by keys: on and back, choose, open; not while typing, and not once switched off", async () => {
  const { page, context } = await atTheTable();
  const at = () => page.evaluate(() => document.activeElement?.closest("tr")?.dataset["code"] ?? null);
  const order = await codes(page);
  await page.keyboard.press("j");
  expect(await at()).toBe(order[0]);
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  expect(await at()).toBe(order[0]);
  await page.keyboard.press("x");
  await page.getByText("1 post chosen").waitFor();
  await page.getByLabel("Words").focus();
  await page.keyboard.type("jx");
  expect(await page.getByLabel("Words").inputValue()).toBe("jx");
  await page.getByLabel("Words").fill("");
  await page.locator("h1").click();
  await page.keyboard.press("?");
  await page.getByRole("checkbox", { name: "Use these keys in this browser" }).click();
  await page.reload();
  await live(page);
  await page.keyboard.press("j");
  expect(await at()).toBeNull();
  await page.evaluate(() => window.localStorage.clear());
  await page.reload();
  await live(page);
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.waitForURL(new RegExp(`/coordinate/posts/${order[0]}`));
  await context.close();
});

test("who is on a post is seen by the others for half a minute, and no row moves for it", async () => {
  const [one, two] = [await aDesk(browser, world, group.id), await aDesk(browser, world, group.id)];
  await one.page.clock.install();
  await one.page.goto("/coordinate/posts");
  await live(one.page);
  const before = await places(one.page);
  const mark = one.page.locator(`#posts tr[data-code="${posts[1]!.code}"] .here`);
  await two.page.goto(`/coordinate/posts/${posts[1]!.code}`);
  await mark.waitFor();
  expect(await mark.innerText()).toMatch(/^\S+ is on this$/);
  expect(await places(one.page)).toEqual(before);
  await one.page.clock.fastForward(33_000);
  await mark.waitFor({ state: "detached" });
  await two.page.goto("/coordinate/posts");
  await live(two.page);
  await two.page.keyboard.press("j");
  await one.page.locator("#posts .here").waitFor();
  await Promise.all([one.context.close(), two.context.close()]);
});
