import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { SEALED_COLUMNS } from "#app/core/sealing/sealed-columns.ts";
import { seed } from "#db/seed.server.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import { everySight, placesOf, signIn, type Places, type Who } from "./every-page.ts";
import { makeWorld, type World } from "./world.ts";

/** What would run if anything did: as a tag, out of an attribute, out of a script, and as a formula of a template. */
const CANARY = `<img src=x-canary onerror="window.ran=1">"'></title></script><script>window.ran=1</script><svg/onload=window.ran=1>{{7*7}}`;
/** What people and groups write in the clear. */
const IN_THE_CLEAR: [table: string, columns: string[]][] = [
  ["posts", ["title", "details", "place"]],
  ["groups", ["name", "about", "welcome"]],
  ["categories", ["name", "unit", "unit_one"]],
];

let world: World;
let browser: Browser;
let places: Places;
beforeAll(async () => {
  [world, browser] = await Promise.all([makeWorld(inject("server"), inject("template")), launchBrowser()]);
  await seed(world.ctx());
  places = await placesOf(world);
  await writeItEverywhere();
});
afterAll(async () => {
  await browser?.close();
  await world?.stop();
});

async function writeItEverywhere(): Promise<void> {
  const { sql, seal } = world;
  for (const [table, columns] of IN_THE_CLEAR) {
    const known = await sql<{ name: string }[]>`
      select column_name as name from information_schema.columns where table_name = ${table} and column_name = any(${columns})`;
    for (const { name } of known)
      await sql`update ${sql(table)} set ${sql(name)} = ${sql(name)} || ${CANARY}::text where ${sql(name)} is not null`;
  }
  for (const { table, column, row } of SEALED_COLUMNS) {
    if (!/name|note|address|body|transcript|words/.test(column) || table === "imports") continue;
    const rows = await sql<{ place: string; value: string }[]>`
      select ${sql.unsafe(row)} as place, ${sql(column)} as value from ${sql(table)} where ${sql(column)} is not null`;
    for (const { place, value } of rows) {
      const at = { table, column, row: place };
      const plain = seal.open(value, at);
      // What is JSON stays JSON.
      const words = plain.startsWith("{")
        ? plain.replace(/:"([^"]*)"/g, (_all, text) => `:${JSON.stringify(text + CANARY)}`)
        : plain + CANARY;
      await sql`update ${sql(table)} set ${sql(column)} = ${seal.seal(words, at)} where ${sql.unsafe(row)} = ${place}`;
    }
  }
}

/** Whoever looks, as the strongest of their kind: what a volunteer sees, an admin may see more of. */
const LOOKERS: Who[] = ["visitor", "volunteer", "coordinator"];

test.each(LOOKERS)("what people wrote runs on no page of a %s", async (who) => {
  const context = await contextOf(who);
  const page = await context.newPage();
  const shown: string[] = [];
  const trouble: string[] = [];
  page.on("dialog", (dialog) => void dialog.dismiss());
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) trouble.push(`${page.url()}: ${message.text()}`);
  });
  for (const { name, path, before, act } of everySight(world, places).filter((sight) => sight.who === who)) {
    if (before) await before(context);
    await page.goto(world.url + path);
    if (act) await act(page).catch(() => undefined);
    const [ran, planted, words] = await page.evaluate(() => [
      "ran" in window,
      document.querySelectorAll('img[src="x-canary"], svg[onload]').length,
      document.body.innerText,
    ]);
    if (ran || planted) trouble.push(`${name}: ${path}`);
    if (String(words).includes("x-canary")) shown.push(name);
  }
  expect(trouble).toEqual([]);
  expect(shown.length, "pages that show it as words").toBeGreaterThan(4);
  await context.close();
});

async function contextOf(who: Who): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: world.url,
    locale: "en-US",
    viewport: { width: 1280, height: 900 },
  });
  context.setDefaultTimeout(10_000);
  if (who === "coordinator")
    await world.sql`update people set is_admin = true where id = ${places.people.coordinator}::uuid`;
  if (who !== "visitor") await signIn(world, context, places.people[who]);
  return context;
}
