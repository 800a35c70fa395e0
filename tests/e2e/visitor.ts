import { expect } from "vitest";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import type { World } from "./world.ts";

type Given = Partial<{ script: boolean; width: number; locale: string; dark: boolean }>;

/** Somebody with a phone of their own: a browser that is touched, and the texts that reach their number. */
export class Visitor {
  taps = 0;

  private constructor(
    readonly world: World,
    readonly context: BrowserContext,
    readonly page: Page,
    readonly phone: string,
  ) {}

  static async arrive(browser: Browser, world: World, phone: string, given: Given = {}): Promise<Visitor> {
    const context = await browser.newContext({
      baseURL: world.url,
      javaScriptEnabled: given.script ?? false,
      viewport: { width: given.width ?? 360, height: 740 },
      locale: given.locale ?? "en-US",
      colorScheme: given.dark ? "dark" : "light",
      hasTouch: true,
      isMobile: true,
    });
    context.setDefaultTimeout(10_000);
    return new Visitor(world, context, await context.newPage(), phone);
  }

  /** A finger on the glass; every one is counted. */
  async tap(target: Locator): Promise<void> {
    this.taps += 1;
    await target.tap();
  }

  /** A tap that leads to another page, which is waited for. */
  async follow(target: Locator): Promise<void> {
    const there = this.page.waitForEvent("load");
    await this.tap(target);
    await there;
  }

  /** One tap to reach a field, then the keyboard; what stood there is rubbed out first. */
  async write(field: Locator, words: string): Promise<void> {
    await this.tap(field);
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
    await this.page.keyboard.press("Control+A");
    await this.page.keyboard.type(words);
  }

  link = (name: string | RegExp) => this.page.getByRole("link", { name }).first();
  button = (name: string | RegExp) => this.page.getByRole("button", { name }).first();
  field = (name: string | RegExp) => this.page.getByLabel(name).first();
  /** The page's words, without the marks that keep people's words apart from ours. */
  main = async () => (await this.page.locator("main").innerText()).replace(/[\u2066-\u2069]/g, "");

  async signIn(to: string, name: string | null): Promise<void> {
    await this.page.goto(`/sign-in?to=${encodeURIComponent(to)}`);
    await this.giveNumberAndCode();
    if (name === null) return;
    await this.write(this.field("Name to use"), name);
    await this.follow(this.button("Continue"));
  }

  /** From the page that asks for the number to the one after the code. */
  async giveNumberAndCode(): Promise<void> {
    const before = (await this.texts()).length;
    await this.write(this.field("Phone number"), this.phone);
    await this.follow(this.button("Text me a code"));
    const text = await this.nextText(/#\d{6}/, before);
    await this.write(this.field("Code"), /#(\d{6})/.exec(text)![1]!);
    await this.follow(this.button("Sign in"));
  }

  /** What the simulator shows on this phone, oldest first. */
  async texts(): Promise<string[]> {
    const answer = await fetch(`${this.world.url}/dev/phones.json`);
    const { phones } = (await answer.json()) as {
      phones: { phone: string; texts: { body: string; direction: string }[] }[];
    };
    const own = phones.find(({ phone }) => phone === this.phone);
    return own?.texts.filter(({ direction }) => direction !== "inbound").map(({ body }) => body) ?? [];
  }

  /** The newest text that says so, once it is there; `after` skips as many that were there before. */
  nextText(saying: RegExp, after = 0): Promise<string> {
    return this.world.until(
      `a text says ${String(saying)} on ${this.phone}`,
      async () => (await this.texts()).slice(after).findLast((body) => saying.test(body)),
      30,
    );
  }

  /** Texts the installation from this phone, by the simulator's page. */
  async textUs(words: string): Promise<void> {
    await this.page.goto("/dev/phones");
    const phone = this.page.locator(`#phone-${this.phone.replace(/\D/g, "")}`);
    await phone.getByLabel("Text as this phone").fill(words);
    await phone.getByRole("button", { name: "Send" }).click();
  }
}
