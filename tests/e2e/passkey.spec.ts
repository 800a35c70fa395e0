import { Secret, TOTP } from "otpauth";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { aPhone } from "#tests/factories.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import { Visitor } from "./visitor.ts";
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

/** A phone whose owner opens its keys with a finger. */
async function withAuthenticator(visitor: Visitor): Promise<void> {
  const session = await visitor.context.newCDPSession(visitor.page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

test("a passkey is made, signs in without a text, and from then on a text alone does not", async () => {
  const phone = aPhone();
  const visitor = await Visitor.arrive(browser, world, phone, { script: true });
  const complaints: string[] = [];
  visitor.page.on("pageerror", (error) => complaints.push(error.message));
  await withAuthenticator(visitor);
  await visitor.signIn("/me/security", "Zola");
  await visitor.page.waitForURL("**/me/security");
  await visitor.follow(visitor.button("Make a passkey"));
  expect(await visitor.main()).toContain("Write these down");
  expect(await visitor.page.locator(".codes code").count()).toBe(10);
  await visitor.follow(visitor.link("I have written them down"));
  expect(await visitor.main()).toContain("You have 10 left.");

  const signOut = async () => {
    await visitor.page.goto("/me/settings");
    await visitor.follow(visitor.button("Sign out"));
  };
  await signOut();
  await visitor.page.goto("/sign-in?to=%2Fboard");
  await visitor.follow(visitor.link("Sign in with a passkey"));
  await visitor.follow(visitor.button("Use my passkey"));
  expect(new URL(visitor.page.url()).pathname).toBe("/board");

  await signOut();
  await visitor.signIn("/me", null);
  expect(new URL(visitor.page.url()).pathname).toBe("/sign-in/second");
  await visitor.page.goto("/me");
  expect(new URL(visitor.page.url()).pathname).toBe("/sign-in");
  await visitor.page.goto("/sign-in/second?to=%2Fme");
  await visitor.follow(visitor.button("Use my passkey"));
  expect(new URL(visitor.page.url()).pathname).toBe("/me");
  expect(complaints).toEqual([]);
  await visitor.context.close();
});

test("an app and paper do the same without JavaScript", async () => {
  const visitor = await Visitor.arrive(browser, world, aPhone());
  await visitor.signIn("/me/security/app", "Zola");
  await visitor.page.waitForURL("**/me/security/app");
  const secret = (await visitor.page.locator("main code").innerText()).replaceAll(" ", "");
  expect(await visitor.page.locator("svg.qr").count()).toBe(1);
  const app = new TOTP({ secret: Secret.fromBase32(secret) });
  await visitor.write(visitor.field("The 6 digits it shows now"), "000000");
  await visitor.follow(visitor.button("It shows codes"));
  expect(await visitor.main()).toContain("That code does not open it");
  expect((await visitor.page.locator("main code").innerText()).replaceAll(" ", "")).toBe(secret);
  await visitor.write(visitor.field("The 6 digits it shows now"), app.generate());
  await visitor.follow(visitor.button("It shows codes"));
  const [paper] = await visitor.page.locator(".codes code").allInnerTexts();
  await visitor.page.goto("/me/settings");
  await visitor.follow(visitor.button("Sign out"));
  await visitor.signIn("/me", null);
  expect(await visitor.main()).toContain("needs JavaScript");
  await visitor.write(visitor.field("Code from your app"), paper!);
  await visitor.follow(visitor.page.locator("main").getByRole("button", { name: "Sign in" }));
  expect(new URL(visitor.page.url()).pathname).toBe("/me");
  await visitor.context.close();
});
