import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { Browser } from "playwright-core";
import { DEMO_COORDINATOR, seed } from "#db/seed.server.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import { Visitor } from "./visitor.ts";
import { makeWorld, type World } from "./world.ts";

let world: World;
let browser: Browser;
beforeAll(async () => {
  [world, browser] = await Promise.all([makeWorld(inject("server"), inject("template")), launchBrowser()]);
  await seed(world.ctx());
  // The story is told at any hour of the night.
  await world.sql`alter table people alter quiet_from set default 0, alter quiet_to set default 0`;
  await world.sql`update people set quiet_from = 0, quiet_to = 0`;
});
afterAll(async () => {
  await browser?.close();
  await world?.stop();
});

describe.each([
  { script: false, said: "without script", phones: ["+15550107001", "+15550107002"] as const },
  { script: true, said: "with script", phones: ["+15550107003", "+15550107004"] as const },
])("on a phone of 360 px $said", ({ script, phones }) => {
  let asker: Visitor;
  let giver: Visitor;
  let rosa: Visitor;
  let code: string;
  let before: Figures;

  beforeAll(async () => {
    const arrive = (phone: string) => Visitor.arrive(browser, world, phone, { script });
    [asker, giver, rosa] = await Promise.all([arrive(phones[0]), arrive(phones[1]), arrive(DEMO_COORDINATOR.phone)]);
    await rosa.signIn("/coordinate?group=kitchen", null);
    before = await figures(rosa);
  });
  afterAll(() => Promise.all([asker, giver, rosa].map((visitor) => visitor?.context.close())));

  test("forty meals are asked for in ten taps, and the receipt has a code and a private page", async () => {
    await asker.page.goto("/");
    await asker.follow(asker.link("I need help"));
    await asker.tap(asker.page.locator("summary", { hasText: "Kitchen" }));
    await asker.tap(asker.field("Hot meals"));
    await asker.write(asker.field("How many?"), "40");
    await asker.follow(asker.button("Continue"));
    await asker.tap(asker.field("Today"));
    await asker.follow(asker.button("Continue"));
    await asker.write(asker.field("Phone number"), asker.phone.replace("+1555", "(555) "));
    await asker.follow(asker.button("Continue"));
    expect(await asker.main()).toMatch(/40 meals/);
    await asker.follow(asker.button("Send my request"));
    expect(asker.taps).toBeLessThanOrEqual(10);

    expect(await asker.page.locator("h1").innerText()).toBe("We got it");
    expect(new URL(asker.page.url()).pathname).toMatch(/^\/m\//);
    code = await asker.page.locator(".tear .code").innerText();
    const text = await asker.nextText(/we got your need/);
    expect(text).toContain(code);
    expect(text).toContain("40 meals");
    expect(text).toContain("Reply STOP");
  });

  test("a neighbor signs in with the code from the phone and claims half of it", async () => {
    await giver.page.goto("/board?kind=need&group=kitchen");
    await giver.follow(giver.page.locator(`a[href="/p/${code}"]`));
    await giver.follow(giver.link("I can do this"));
    await giver.giveNumberAndCode();
    await giver.write(giver.field("Name to use"), "Lena");
    await giver.follow(giver.button("Continue"));
    await giver.write(giver.field("How many can you bring?"), "20");
    await giver.follow(giver.button("Yes, I'll do this"));
    expect(await giver.main()).toMatch(/Bring 20 meals/);
    // Each reaches the other through us; no number is shown before both share theirs.
    expect(await giver.main()).not.toContain(asker.phone.slice(-4));
    expect(await giver.main()).toContain("Your numbers are hidden");

    const text = await asker.nextText(/will bring/);
    expect(text).toMatch(/^Kitchen: Lena will bring 20 meals/);
    expect(text).toContain(code);
    expect(text).toContain("20 more are needed");
  });

  test("the coordinator's figures have changed", async () => {
    const now = await figures(rosa);
    expect(now).toMatchObject({ partly: before.partly + 1, asked: before.asked + 1 });
    expect(now.delivered).toBeGreaterThan(before.delivered);
  });

  test("on the way, part of it delivered, and the asker says by the private link that it arrived", async () => {
    await giver.follow(giver.button("I'm on my way"));
    await asker.nextText(/^Kitchen: Lena is on the way with 20 meals/);
    await giver.tap(giver.page.getByText("Only part of it is there"));
    await giver.write(giver.field("How many are there?"), "15");
    await giver.follow(giver.button("This many are there"));
    expect(await asker.nextText(/Lena says 15 meals/)).toContain(`GOT ${code}`);

    await asker.page.goto(linkIn(await asker.nextText(/we got your need/)));
    await asker.follow(asker.button("It came, thank you"));
    expect(await asker.main()).toContain("Thank you. We wrote down that it arrived.");
    await giver.page.goto("/me?tab=past");
    expect(await giver.main()).toMatch(/Done: 15 meals/);
    await giver.page.goto(`/p/${code}`);
    expect(await giver.main()).toContain("25 of 40 meals still needed");
  });

  test("the rest is promised and handed back in two taps; the figures follow", async () => {
    await claim(giver, code, "25");
    expect((await figures(rosa)).covered).toBe(before.covered + 1);
    await giver.page.goto("/me");
    giver.taps = 0;
    await giver.follow(giver.link("Hand it back"));
    await giver.follow(giver.button("Yes, hand it back"));
    expect(giver.taps).toBe(2);
    expect(await asker.nextText(/can't bring 25 meals/)).toContain("It is open again");
    expect(await figures(rosa)).toMatchObject({ covered: before.covered, partly: before.partly + 1 });
  });

  test("STOP ends the texts, START brings them back", async () => {
    await asker.textUs("STOP");
    await asker.nextText(/unsubscribed/);
    const heard = await asker.texts();
    await claim(giver, code, "5");
    await world.until("everybody who hears of it was written to", async () => (await waitingTexts()) === 0);
    expect(await asker.texts()).toEqual(heard);

    await asker.textUs("START");
    await asker.nextText(/re-subscribed/);
    await giver.page.goto("/me");
    await giver.follow(giver.button("I'm on my way"));
    await asker.nextText(/on the way with 5 meals/);
  });

  test("somebody offers, and somebody else could use it", async () => {
    await giver.page.goto("/offers/new?group=kitchen");
    await giver.tap(giver.field("Hot meals"));
    await giver.write(giver.field("How many?"), "10");
    await giver.follow(giver.button("Continue"));
    await giver.tap(giver.field("Today only"));
    await giver.follow(giver.button("Continue"));
    await giver.follow(giver.button("Continue"));
    await giver.follow(giver.button("Put my offer up"));
    const offer = await giver.page.locator(".tear .code").innerText();

    await asker.signIn(`/p/${offer}/claims`, "Mo");
    await asker.write(asker.field("How many could you use?"), "3");
    await asker.follow(asker.button("Yes, I could use this"));
    expect(await giver.nextText(/could use/)).toMatch(/^Kitchen: Mo could use 3 meals of your offer .* 7 left/);
  });
});

async function claim(giver: Visitor, code: string, quantity: string): Promise<void> {
  await giver.page.goto(`/p/${code}/claims`);
  await giver.write(giver.field("How many can you bring?"), quantity);
  await giver.follow(giver.button("Yes, I'll do this"));
}

const linkIn = (text: string) => /https?:\/\/\S+/.exec(text)![0];

/** How much is still to be told, or on its way to the provider. */
async function waitingTexts(): Promise<number> {
  const [row] = await world.sql<{ n: number }[]>`
    select (select count(*) from events where fanned_out_at is null)::int
      + (select count(*) from outbox where state in ('queued', 'claimed', 'submitting'))::int as n`;
  return row!.n;
}

type Figures = { open: number; partly: number; covered: number; delivered: number; asked: number };

/** The tiles of the kitchen, as a coordinator reads them. */
async function figures(rosa: Visitor): Promise<Figures> {
  await rosa.page.goto("/coordinate/dashboard?group=kitchen");
  const tiles = await rosa.page.locator(".figure").allInnerTexts();
  const number = (about: string, shape: RegExp) => {
    const tile = tiles.find((one) => one.includes(about)) ?? "";
    return Number(shape.exec(tile)?.[1]?.replaceAll(",", "") ?? Number.NaN);
  };
  return {
    open: number("Open now", /\n([\d,]+)\n/),
    partly: number("Open now", /([\d,]+) partly covered/),
    covered: number("Open now", /([\d,]+) covered/),
    delivered: number("Texts delivered", /\n([\d,]+)\n/),
    asked: number("Met", /of ([\d,]+) asked for/),
  };
}
