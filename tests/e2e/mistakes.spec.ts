import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { Browser } from "playwright-core";
import { seed } from "#db/seed.server.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import { Visitor } from "./visitor.ts";
import { makeWorld, type World } from "./world.ts";

let world: World;
let browser: Browser;
beforeAll(async () => {
  [world, browser] = await Promise.all([makeWorld(inject("server"), inject("template")), launchBrowser()]);
  await seed(world.ctx());
});
afterAll(async () => {
  await browser?.close();
  await world?.stop();
});

describe.each([{ script: false }, { script: true }])("with script: $script", ({ script }) => {
  const phone = script ? "+15550107102" : "+15550107101";

  test("a double tap on Send makes one need, and so does sending the same twice at once", async () => {
    const asker = await Visitor.arrive(browser, world, phone, { script });
    const title = `Two taps ${script ? "with" : "without"} script`;
    await answer(asker, { title });
    await asker.button("Send my request").dblclick();
    await world.until("the receipt is shown", async () => new URL(asker.page.url()).pathname.startsWith("/m/"));
    expect(await asker.page.locator("h1").innerText()).toBe("We got it");
    expect(await postsCalled(title)).toBe(1);

    await answer(asker, { title: `${title} again` });
    const headers = { Origin: world.url };
    const send = () => asker.context.request.post("/needs/new/check", { headers, form: { visibility: "everyone" } });
    const receipts = await Promise.all([send(), send(), send()]);
    expect(new Set(receipts.map((receipt) => receipt.url())).size).toBe(1);
    expect(await postsCalled(`${title} again`)).toBe(1);
    await asker.context.close();
  });

  test("Back and reload keep what was answered, and the last answer counts", async () => {
    const asker = await Visitor.arrive(browser, world, phone, { script });
    await answer(asker, { title: "Tea", place: "Elm and 3rd" });
    await asker.page.goBack();
    expect(await asker.field("Phone number").inputValue()).toBe(phone);
    await asker.page.goBack();
    expect(await asker.field("Today").isChecked()).toBe(true);
    expect(await asker.field("Where, roughly?").inputValue()).toBe("Elm and 3rd");
    await asker.page.reload();
    expect(await asker.field("Where, roughly?").inputValue()).toBe("Elm and 3rd");
    await asker.write(asker.field("Where, roughly?"), "Oak and 5th");
    await asker.follow(asker.button("Continue"));
    expect(await asker.field("Phone number").inputValue()).toBe(phone);
    await asker.follow(asker.button("Continue"));
    expect(await asker.main()).toContain("Oak and 5th");
    expect(await asker.main()).toContain("Tea");
    await asker.context.close();
  });

  test("a number that is none is said first, in the same words at the field, and nothing typed is lost", async () => {
    const asker = await Visitor.arrive(browser, world, phone, { script });
    await answer(asker, { title: "Tea", phone: "12 or so", name: "Ana" });
    expect(await asker.page.title()).toMatch(/^Error: /);
    const summary = asker.page.locator("main").getByRole("alert").first();
    expect(await summary.getByRole("heading").innerText()).toBe("There is a problem");
    const link = summary.getByRole("link");
    const words = await link.innerText();
    expect(words).toMatch(/^Enter a phone number/);
    expect(await asker.page.locator("#phone-error").innerText()).toBe(words);
    const [first] = await asker.page.locator("main [role=alert], main h1, main form").all();
    expect(await first!.getAttribute("role")).toBe("alert");

    await asker.tap(link);
    const field = asker.field("Phone number");
    await world.until("the link leads into the field", () => field.evaluate((it) => it === document.activeElement));
    expect(await field.getAttribute("aria-invalid")).toBe("true");
    expect(await field.getAttribute("aria-describedby")).toContain("phone-error");
    expect(await field.inputValue()).toBe("12 or so");
    expect(await asker.field("A name to use").inputValue()).toBe("Ana");
    await asker.write(field, phone);
    await asker.follow(asker.button("Continue"));
    expect(await asker.page.locator("h1").innerText()).toBe("Is this right?");
    await asker.context.close();
  });

  test("in Spanish and in Arabic a mistake is said in that language", async () => {
    for (const [locale, title] of [
      ["es-MX", /^Error: .*Manyhands/],
      ["ar", /^خطأ: /],
    ] as const) {
      const asker = await Visitor.arrive(browser, world, phone, { script, locale });
      await asker.page.goto("/sign-in");
      await asker.page.locator("#phone").fill("12");
      await asker.follow(asker.page.locator("main form button"));
      expect(await asker.page.title()).toMatch(title);
      expect(await asker.page.locator("#phone").inputValue()).toBe("12");
      await asker.context.close();
    }
  });
});

type Answers = { title: string; place?: string; phone?: string; name?: string };

/** From the first screen to the one before sending, or to where a mistake stops them. */
async function answer(asker: Visitor, { title, place = "", phone = asker.phone, name = "" }: Answers): Promise<void> {
  await asker.page.goto("/needs/new?group=kitchen");
  await asker.field("Hot meals").check();
  await asker.field("In a few words").fill(title);
  await asker.follow(asker.button("Continue"));
  await asker.field("Today").check();
  await asker.field("Where, roughly?").fill(place);
  await asker.follow(asker.button("Continue"));
  await asker.field("Phone number").fill(phone);
  await asker.field("A name to use").fill(name);
  await asker.follow(asker.button("Continue"));
}

async function postsCalled(title: string): Promise<number> {
  const [row] = await world.sql<{ n: number }[]>`select count(*)::int as n from posts where title = ${title}`;
  return row!.n;
}
