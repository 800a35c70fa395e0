import type { Ctx } from "#app/core/ctx.ts";
import { readConversation, type Conversation } from "./conversation.ts";
import type { Heard } from "./texter.ts";

export const LEASE_SECONDS = 60;

/**
 * Phones with a text that nobody handled yet, the longest waiting first, now held by this worker: whoever else asks gets
 * others. A worker that died loses them when its lease is over.
 */
export async function takePhones(ctx: Ctx, { worker, limit }: { worker: string; limit: number }): Promise<string[]> {
  const rows = await ctx.db.sql<{ phone: string }[]>`
    with due as (
      select t.phone_lookup from (
        select phone_lookup, min(received_at) as since from inbound_texts where handled_at is null group by phone_lookup
      ) waiting join text_threads t on t.phone_lookup = waiting.phone_lookup
      where t.lease_until is null or t.lease_until <= ${ctx.now}::timestamptz
      order by waiting.since limit ${limit}::int
      for update of t skip locked
    )
    update text_threads t set leased_by = ${worker}, lease_until = ${ctx.now}::timestamptz + make_interval(secs => ${LEASE_SECONDS})
    from due where t.phone_lookup = due.phone_lookup
    returning t.phone_lookup as phone`;
  return rows.map(({ phone }) => phone);
}

/** The next text of a phone with what its thread remembers. `tries` counts this one. */
export type Taken = {
  phoneLookup: string;
  from: string;
  heard: Heard;
  tries: number;
  conversation: Conversation;
  version: number;
  senderId: string | null;
  /** One of our own numbers wrote: we never answer ourselves. */
  isOurs: boolean;
};

type Row = {
  sid: string;
  fromSealed: string;
  bodySealed: string | null;
  toNumber: string;
  media: number;
  keyword: string | null;
  receivedAt: Date;
  tries: number;
  conversationSealed: string | null;
  version: number;
  senderId: string | null;
  senders: string[] | null;
};

/** Counts the try before anything is done: a text that kills its worker is given up as well. Null: none is left. */
export async function takeNext(
  ctx: Ctx,
  { worker, phoneLookup }: { worker: string; phoneLookup: string },
): Promise<Taken | null> {
  const [row] = await ctx.db.sql<Row[]>`
    with mine as (
      update text_threads set lease_until = ${ctx.now}::timestamptz + make_interval(secs => ${LEASE_SECONDS})
      where phone_lookup = ${phoneLookup} and leased_by = ${worker}
      returning phone_lookup, conversation_sealed, version
    ), next as (
      select message_sid from inbound_texts
      where phone_lookup = ${phoneLookup} and handled_at is null order by received_at, message_sid limit 1
    ), tried as (
      update inbound_texts i set tries = i.tries + 1 from next, mine where i.message_sid = next.message_sid returning i.*
    )
    select i.message_sid as sid, i.from_sealed as "fromSealed", i.body_sealed as "bodySealed",
      i.to_number as "toNumber", i.media, i.keyword, i.received_at as "receivedAt", i.tries,
      mine.conversation_sealed as "conversationSealed", mine.version,
      (select id from senders where address = i.to_number and enabled) as "senderId",
      (select array_agg(address) from senders) as senders
    from tried i, mine`;
  if (!row) return null;
  const open = (sealed: string | null, column: string) =>
    ctx.seal.read(sealed, { table: "inbound_texts", column, row: row.sid }) ?? "";
  const from = open(row.fromSealed, "from_sealed");
  const place = { table: "text_threads", column: "conversation_sealed", row: phoneLookup };
  const { sid, toNumber, media, receivedAt, tries, version, senderId } = row;
  return {
    phoneLookup,
    from,
    heard: {
      sid,
      body: open(row.bodySealed, "body_sealed"),
      toNumber,
      media,
      keyword: row.keyword as Heard["keyword"],
      receivedAt,
      again: tries > 1,
    },
    tries,
    conversation: readConversation(ctx.seal.read(row.conversationSealed, place)),
    version,
    senderId,
    isOurs: from === toNumber || (row.senders ?? []).includes(from),
  };
}

/** Lets a phone go: at once, or after a failure only later. */
export async function letPhoneGo(
  ctx: Ctx,
  { worker, phoneLookup, until = null }: { worker: string; phoneLookup: string; until?: Date | null },
): Promise<void> {
  await ctx.db.sql`
    update text_threads set leased_by = null, lease_until = ${until}::timestamptz
    where phone_lookup = ${phoneLookup} and leased_by = ${worker}`;
}
