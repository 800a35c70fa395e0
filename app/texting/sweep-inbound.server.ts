import { notifyWorker } from "#app/events/wake-worker.server.ts";
import type { Ctx } from "#app/core/ctx.ts";
import type { ListInbound } from "#app/sms/sms.ts";
import { hearText } from "./hear-text.server.ts";

const KEY = "inbound_swept_at";
const OVERLAP_MS = 15 * 60_000;
/** The first sweep of an installation, and of one that was off for long, looks back so far. */
const AT_MOST_MS = 3 * 86_400_000;

/**
 * Fetches what the provider took in and we never heard: a hook that failed, or a time we were away. Each text is kept
 * once, by its id, so looking twice does no harm.
 *
 * @returns how many texts were missing. @throws when the provider cannot be asked; then the same time is looked at again.
 */
export async function sweepInbound(ctx: Ctx, { listInbound }: { listInbound: ListInbound }): Promise<number> {
  const startedAt = ctx.now;
  const since = await sinceWhen(ctx);
  const numbers = await ourNumbers(ctx);
  let missing = 0;
  for (const to of numbers.length > 0 ? numbers : [null]) {
    const listed = await listInbound({ to, since });
    const fresh = await unknown(ctx, listed);
    for (const text of fresh.toSorted((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime())) {
      const heard = await hearText(ctx, {
        messageSid: text.sid,
        from: text.from,
        toNumber: text.to,
        body: text.body.replaceAll("\0", "").slice(0, 1600),
        media: text.media,
        source: "sweep",
        saidAt: text.receivedAt,
      });
      if (heard.fresh) missing += 1;
    }
  }
  await ctx.db.sql`
    insert into installation (key, value) values (${KEY}, ${startedAt.toISOString()})
    on conflict (key) do update set value = greatest(installation.value, excluded.value)`;
  if (missing > 0) notifyWorker(ctx.db);
  return missing;
}

async function sinceWhen(ctx: Ctx): Promise<Date> {
  const [row] = await ctx.db.sql<{ value: string }[]>`select value from installation where key = ${KEY}`;
  const last = row ? Date.parse(row.value) : Number.NaN;
  const from = Number.isNaN(last) ? ctx.now.getTime() - AT_MOST_MS : last - OVERLAP_MS;
  return new Date(Math.max(from, ctx.now.getTime() - AT_MOST_MS));
}

/** The numbers texts reach us by; a messaging service is none. */
async function ourNumbers(ctx: Ctx): Promise<string[]> {
  const rows = await ctx.db.sql<{ address: string }[]>`
    select address from senders where enabled and address like '+%' order by address`;
  return rows.map(({ address }) => address);
}

async function unknown<T extends { sid: string }>(ctx: Ctx, listed: T[]): Promise<T[]> {
  if (listed.length === 0) return [];
  const rows = await ctx.db.sql<{ sid: string }[]>`
    select message_sid as sid from inbound_texts where message_sid = any(${listed.map(({ sid }) => sid)})`;
  const known = new Set(rows.map(({ sid }) => sid));
  return listed.filter(({ sid }) => !known.has(sid));
}
