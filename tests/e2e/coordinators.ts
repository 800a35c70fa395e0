import type { Browser, BrowserContext, Page } from "playwright-core";
import { hashToken, newToken } from "#app/core/ids.server.ts";
import { aMember } from "#tests/factories.ts";
import type { World } from "./world.ts";

export type Desk = { context: BrowserContext; page: Page; personId: string };

/** A coordinator of the group at a laptop, signed in. */
export async function aDesk(browser: Browser, world: World, groupId: string, script = true): Promise<Desk> {
  const ctx = world.ctx();
  const { id } = await aMember(ctx, groupId, { role: "coordinator" });
  const token = newToken();
  await world.sql`
    insert into sessions (token_hash, person_id, device, created_at, seen_on, expires_at)
    values (${hashToken(token)}, ${id}, 'laptop', now(), now()::date, now() + interval '1 day')`;
  const context = await browser.newContext({
    baseURL: world.url,
    javaScriptEnabled: script,
    viewport: { width: 1280, height: 800 },
    locale: "en-US",
  });
  context.setDefaultTimeout(10_000);
  await context.addCookies([{ name: "sid", value: token, url: world.url }]);
  return { context, page: await context.newPage(), personId: id };
}
