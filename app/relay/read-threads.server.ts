import type { Ctx } from "#app/core/ctx.ts";
import { hashToken, newToken } from "#app/core/ids.server.ts";
import { dateFormat } from "#app/i18n/date-format.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { hide } from "#app/people/hiding/hide.ts";
import { myRelays, type MyRelay, reachOf } from "./my-relays.server.ts";
import { bothShared } from "./relay-text.server.ts";
import type { Side } from "./relay.ts";

/** A conversation as one of its two sides sees it on a page: strings only. */
export type Thread = {
  claimId: string;
  postId: string;
  code: string;
  side: Side;
  title: string;
  other: string | null;
  open: boolean;
  reported: boolean;
  /** They read it on the web only. */
  waits: boolean;
  iShared: boolean;
  theyShared: boolean;
  /** How to reach them without us; only after both shared, and while the promise stands. */
  number: string | null;
  said: { id: string; mine: boolean; words: string; when: string; at: string }[];
  /** How many more there are than `said` shows. */
  earlier: number;
  /** Made here, so that one form shown says its words once. */
  sayKey: string;
};

/** As many as fit on a page that must stay light; the thread's own page has all of the last ones. */
const SHORT = 6;
const LONG = 100;

/**
 * The conversations of this person about one post or one claim. Who the person is was proved by whoever calls: signed
 * in, or by the private link.
 */
export async function readThreads(
  ctx: Ctx,
  about: { personId: string; postId?: string; claimId?: string; whole?: boolean },
  locale: Locale,
): Promise<Thread[]> {
  const { sql } = ctx.db;
  const { personId, postId = null, claimId = null } = about;
  const which = sql`(p.id = ${postId}::uuid or c.id = ${claimId}::uuid)`;
  const relays = await myRelays(ctx, personId, which);
  const said = await readSaid(ctx, relays, about.whole ? LONG : SHORT);
  return relays.map((relay) => threadOf(ctx, relay, said.get(relay.relayId ?? "") ?? [], locale));
}

/** Who wrote a post, by the secret of its private link. */
export async function authorByToken(ctx: Ctx, token: string): Promise<{ personId: string; postId: string } | null> {
  const [row] = await ctx.db.sql<{ personId: string; postId: string }[]>`
    select author_id as "personId", id as "postId" from posts where manage_hash = ${hashToken(token)}`;
  return row ?? null;
}

/** Whether the two sides of a claim have said anything to each other: all a coordinator learns. */
export async function hasThread(ctx: Ctx, claimId: string): Promise<boolean> {
  const rows = await ctx.db.sql`
    select from relays r where r.claim_id = ${claimId}::uuid and exists (select from relay_texts t where t.relay_id = r.id)`;
  return rows.length > 0;
}

type SaidRow = {
  id: string;
  relay_id: string;
  side: Side;
  body_sealed: string | null;
  created_at: Date;
  all_of: number;
};

async function readSaid(ctx: Ctx, relays: MyRelay[], most: number): Promise<Map<string, SaidRow[]>> {
  const ids = relays.flatMap(({ relayId }) => relayId ?? []);
  if (ids.length === 0) return new Map();
  const rows = await ctx.db.sql<SaidRow[]>`
    select * from (
      select id, relay_id, side, body_sealed, created_at, count(*) over (partition by relay_id)::int as all_of,
        row_number() over (partition by relay_id order by created_at desc, id desc) as back
      from relay_texts where relay_id = any(${ids}::uuid[])
    ) t where back <= ${most} order by created_at, id`;
  const byRelay = new Map<string, SaidRow[]>();
  for (const row of rows) byRelay.set(row.relay_id, [...(byRelay.get(row.relay_id) ?? []), row]);
  return byRelay;
}

function threadOf(ctx: Ctx, relay: MyRelay, said: SaidRow[], locale: Locale): Thread {
  const both = bothShared(relay) && relay.kept;
  const since = both ? Math.max(relay.me.sharedAt!.getTime(), relay.other.sharedAt!.getTime()) : Infinity;
  const word = textFor(locale)("relay.hidden");
  const when = dateFormat(locale, {
    timeZone: relay.timeZone,
    weekday: "short",
    hour: "numeric",
    minute: "2-digit",
  });
  return {
    claimId: relay.claimId,
    postId: relay.postId,
    side: relay.side,
    code: relay.code,
    title: relay.title,
    other: relay.other.name,
    open: relay.open,
    reported: relay.reported,
    waits: relay.other.phoneSealed === null,
    iShared: relay.me.sharedAt !== null,
    theyShared: relay.other.sharedAt !== null,
    number: both ? reachOf(ctx, relay.other) : null,
    said: said.map((row) => {
      const mine = row.side === relay.side;
      const words = ctx.seal.read(row.body_sealed, { table: "relay_texts", column: "body_sealed", row: row.id }) ?? "";
      return {
        id: row.id,
        mine,
        words:
          mine || row.created_at.getTime() >= since
            ? words
            : hide(words, { word, secrets: [reachOf(ctx, relay.other)] }),
        when: when.format(row.created_at),
        at: row.created_at.toISOString(),
      };
    }),
    earlier: Math.max(0, (said[0]?.all_of ?? 0) - said.length),
    sayKey: newToken(),
  };
}
