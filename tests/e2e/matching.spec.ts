import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { Browser } from "playwright-core";
import { DEMO_COORDINATOR, seed } from "#db/seed.server.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import { Visitor } from "./visitor.ts";
import { makeWorld, type World } from "./world.ts";

let world: World;
let browser: Browser;
let asker: Visitor;
let giver: Visitor;
let rosa: Visitor;
beforeAll(async () => {
  [world, browser] = await Promise.all([makeWorld(inject("server"), inject("template")), launchBrowser()]);
  await seed(world.ctx());
  await world.sql`alter table people alter quiet_from set default 0, alter quiet_to set default 0`;
  const arrive = (phone: string, width = 360) => Visitor.arrive(browser, world, phone, { width });
  [asker, giver, rosa] = await Promise.all([
    arrive("+15550108001"),
    arrive("+15550108002"),
    arrive(DEMO_COORDINATOR.phone, 1280),
  ]);
  await rosa.signIn("/coordinate/matches?group=comfort", null);
});
afterAll(async () => {
  await browser?.close();
  await world?.stop();
});

/** From the landing page to the receipt, without script; leaves the visitor there. @returns the post's code */
async function post(who: Visitor, kind: "need" | "offer", given: { group: string; what: string; n: number }) {
  await who.page.goto(`/${kind}s/new`);
  await who.tap(who.page.locator("summary", { hasText: given.group }));
  await who.tap(who.field(given.what));
  await who.write(who.field("How many?"), String(given.n));
  await who.follow(who.button("Continue"));
  await who.tap(who.page.locator("input[name=when]").first());
  await who.write(who.page.locator("input[name=place]"), "Maple Park");
  await who.follow(who.button("Continue"));
  await who.write(who.field("Phone number"), who.phone.replace("+1555", "(555) "));
  await who.follow(who.button("Continue"));
  await who.follow(who.button(kind === "need" ? "Send my request" : "Put my offer up"));
  return who.page.locator(".tear .code").innerText();
}
const remaining = async (code: string) =>
  (await world.sql<{ remaining: number }[]>`select remaining from posts where code = ${code}`)[0]!.remaining;

test("after an offer its author sees the needs that fit, and why, and gives with one tap", async () => {
  const code = await post(giver, "offer", { group: "Comfort", what: "Hygiene kits", n: 6 });
  expect(await giver.main()).toMatch(/A need (nearby )?fits this right now/);
  expect(await giver.main()).toContain("the same kind of thing");
  expect(await giver.main()).toContain("6 of the 10 needed");
  await giver.write(giver.field("How many will you give?"), "4");
  await giver.follow(giver.button("I will give this"));
  expect(await giver.main()).toContain("Done: you are brought together");
  expect(await remaining(code)).toBe(2);
});

test("a number that cannot be is asked for again, and nothing else is lost", async () => {
  await giver.write(giver.field("How many will you give?"), "0");
  await giver.follow(giver.button("I will give this"));
  expect(await giver.main()).toContain("Write a whole number, 1 or more.");
  expect(await giver.field("How many will you give?").inputValue()).toBe("0");
});

test("after a need its author sees the offers that fit and asks for one; whoever offers it is told", async () => {
  const tea = await post(giver, "offer", { group: "Kitchen", what: "Groceries", n: 9 });
  const code = await post(asker, "need", { group: "Kitchen", what: "Groceries", n: 3 });
  await asker.page.locator(".card", { has: asker.page.locator(`a[href="/p/${tea}"]`) }).waitFor();
  const card = asker.page.locator(".card", { has: asker.page.locator(`a[href="/p/${tea}"]`) });
  expect(await card.innerText()).toContain("enough for all of it");
  await asker.follow(card.getByRole("button", { name: "Ask for this" }));
  expect([await remaining(code), await remaining(tea)]).toEqual([0, 6]);
  expect(await giver.nextText(new RegExp(`from your offer ${tea}`))).toContain(code);
});

test("a coordinator brings two together from the queue; both are told, and a second press says it is gone", async () => {
  const offer = await post(giver, "offer", { group: "Comfort", what: "Baby things", n: 5 });
  const need = await post(asker, "need", { group: "Comfort", what: "Baby things", n: 8 });
  const late = await rosa.context.newPage();
  const pairOn = (page: typeof late) =>
    page
      .locator(".pairs", { has: page.locator(`a[href="/p/${need}"]`) })
      .locator(".card", { has: page.locator(`a[href="/p/${offer}"]`) });
  await rosa.page.goto("/coordinate/matches?group=comfort");
  await late.goto("/coordinate/matches?group=comfort");
  expect(await pairOn(rosa.page).innerText()).toContain("5 of the 8 needed");
  await rosa.follow(pairOn(rosa.page).getByRole("button", { name: "Bring together" }));
  expect(await rosa.main()).toContain("Done: 5 for “Baby things”");
  expect([await remaining(need), await remaining(offer)]).toEqual([3, 0]);
  await pairOn(late).getByRole("button", { name: "Bring together" }).click();
  await late.getByText("Somebody was quicker: nothing of it is left.").waitFor();
  expect([await remaining(need), await remaining(offer)]).toEqual([3, 0]);
  await asker.nextText(new RegExp(`will bring 5 .* for your need ${need}`));
  await giver.nextText(new RegExp(`from your offer ${offer}`));
});

test("what does not fit is put aside with a reason, taken back, and people can be kept apart", async () => {
  const offer = await post(giver, "offer", { group: "Comfort", what: "Tents and tarps", n: 2 });
  const need = await post(asker, "need", { group: "Comfort", what: "Tents and tarps", n: 2 });
  await rosa.page.goto("/coordinate/matches?group=comfort");
  const pair = rosa.page
    .locator(".pairs", { has: rosa.page.locator(`a[href="/p/${need}"]`) })
    .locator(".card", { has: rosa.page.locator(`a[href="/p/${offer}"]`) });
  await rosa.tap(pair.getByText("Not this one"));
  await rosa.follow(pair.getByRole("button", { name: "Too far" }));
  expect(await pair.count()).toBe(0);
  await rosa.follow(rosa.button("Undo"));
  expect(await pair.count()).toBe(1);
  await rosa.tap(pair.getByText("Not this one"));
  await rosa.tap(pair.getByText("Never bring these two people together"));
  await rosa.follow(pair.getByRole("button", { name: "Yes, keep them apart" }));
  expect(await pair.count()).toBe(0);
  await giver.page.goto(`/p/${need}`);
  expect(await giver.main()).not.toMatch(/kept apart/i);
  await rosa.tap(rosa.page.getByText("A pair is kept apart"));
  await rosa.follow(rosa.button("They may meet again"));
  expect(await pair.count()).toBe(1);
});

test("a plan for today is changed and accepted in one go", async () => {
  await rosa.page.goto("/coordinate/plan?group=kitchen");
  expect(await rosa.main()).toMatch(/needs? gets? help/);
  const before = await world.sql<{ n: number }[]>`select count(*)::int as n from claims where offer_id is not null`;
  await rosa.tap(rosa.page.getByLabel("Take this pair out").first());
  await rosa.follow(rosa.button("Work it out again"));
  await rosa.follow(rosa.button("Accept the plan"));
  expect(await rosa.main()).toMatch(/Done: \d+ pairs? accepted/);
  const after = await world.sql<{ n: number }[]>`select count(*)::int as n from claims where offer_id is not null`;
  expect(after[0]!.n).toBeGreaterThan(before[0]!.n);
  expect((await world.sql`select 1 from posts where remaining < 0`).length).toBe(0);
});
