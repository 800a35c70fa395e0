import type { Ctx } from "#app/core/ctx.ts";
import { fanOut } from "#app/notifications/fan-out.server.ts";
import { segmentsOf } from "#app/sms/segments.ts";
import { handleTexts } from "#app/texting/handle-texts.server.ts";
import { hearText } from "#app/texting/hear-text.server.ts";
import { aPhone } from "#tests/factories.ts";
import { expect } from "vitest";

export const newSid = () => `SM${crypto.randomUUID().replaceAll("-", "")}`;
export const OURS = "+15005550006";

type Said = Partial<{ sid: string; media: number; toNumber: string; ctx: Ctx }>;

/** A phone that texts us: what it hears back is what the outbox owes its person, opened. */
export function aTextingPhone(given: Ctx, phone = aPhone()) {
  const seen = new Set<string>();
  const phoneLookup = given.seal.lookup("phone", phone);

  /** Everything owed to it that was not looked at yet, replies first. */
  async function hears(ctx: Ctx = given): Promise<string[]> {
    const rows = await ctx.db.sql<{ id: string; body_sealed: string; template: string; segments: number }[]>`
      select o.id, o.body_sealed, o.template, o.segments from outbox o join people p on p.id = o.person_id
      where p.phone_lookup = ${phoneLookup} order by o.lane, o.created_at, o.id`;
    return rows.flatMap(({ id, body_sealed, template, segments }) => {
      if (seen.has(id)) return [];
      seen.add(id);
      const body = ctx.seal.open(body_sealed, { table: "outbox", column: "body_sealed", row: id });
      if (template === "reply") expect(segments, body).toBeLessThanOrEqual(2);
      if (template === "reply" && /^[\x20-\x7e\n¿¡ñÑéüÜ]*$/.test(body)) expect(segmentsOf(body).encoding).toBe("GSM-7");
      return [body];
    });
  }

  async function sends(words: string, { ctx = given, ...more }: Said = {}): Promise<{ sid: string; fresh: boolean }> {
    const sid = more.sid ?? newSid();
    const { fresh } = await hearText(ctx, {
      messageSid: sid,
      from: phone,
      toNumber: OURS,
      body: words,
      media: 0,
      source: "webhook",
      ...more,
    });
    return { sid, fresh };
  }

  /** One text, handled by a worker, and what comes back. */
  async function says(words: string, said: Said = {}): Promise<string[]> {
    const ctx = said.ctx ?? given;
    await sends(words, said);
    await handleTexts(ctx, { worker: "w" });
    await fanOut(ctx);
    return hears(ctx);
  }

  async function thread() {
    const [row] = await given.db.sql<{ unread_since: Date | null; waiting_since: Date | null; version: number }[]>`
      select unread_since, waiting_since, version from text_threads where phone_lookup = ${phoneLookup}`;
    return row!;
  }

  return { phone, phoneLookup, says, sends, hears, thread };
}

/** Moves time: the same context a while later. */
export const after = (ctx: Ctx, minutes: number): Ctx => ({
  ...ctx,
  now: new Date(ctx.now.getTime() + minutes * 60_000),
});

/** The same context with a clock that goes on by a millisecond each time somebody looks. */
export function ticking(ctx: Ctx, from = ctx.now): Ctx {
  let now = from.getTime();
  return Object.defineProperty({ ...ctx }, "now", { get: () => new Date((now += 1)), enumerable: true });
}
