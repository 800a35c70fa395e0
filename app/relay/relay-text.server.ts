import type { Ctx } from "#app/core/ctx.ts";
import { newId } from "#app/core/ids.server.ts";
import { Problem } from "#app/core/problems.ts";
import { insertOf } from "#app/notifications/owed-texts.server.ts";
import { hide } from "#app/people/hiding/hide.ts";
import { takeFromLimit } from "#app/people/rate-limit.server.ts";
import { type MyRelay, reachOf } from "./my-relays.server.ts";
import { findOpened } from "./open-relay.server.ts";
import type { RelayOutcome } from "./relay.ts";
import { isTalking } from "./scope.server.ts";
import { pageOf, readersOf, textTo } from "./text-to.server.ts";
import { wordsText } from "./words.ts";

/** What one side of a conversation says. `sayKey` is of the request or text that says it: the same is said once. */
export type Said = {
  personId: string;
  /** The post's code as it was typed; null where they gave none. */
  code: string | null;
  /** Which of our numbers they wrote to. */
  toNumber: string | null;
  /** Instead of code and number, where a page or an answered question knows. */
  claimId?: string;
  words: string;
  sayKey: string;
};

/** Letters of one text; Twilio takes 1,600 for a whole message. */
export const LONGEST_WORDS = 1_600;
/** Each side of each conversation, so that nobody can be flooded through us. */
const AN_HOUR = 30;

/**
 * Says something to the other side of a claim through our number. The words are kept whole, sealed; what goes out by
 * text has no numbers, addresses or links in it until both sides shared theirs. Text, and what we owe the other side,
 * are written by one statement that also looks whether the conversation is still open.
 *
 * @throws Problem `too-many` past 30 an hour, `invalid-input` for no words or more than 1,600 letters.
 */
export async function relayText(ctx: Ctx, said: Said): Promise<RelayOutcome> {
  const words = said.words.replace(/\p{Cc}+/gu, " ").trim();
  if (words === "" || words.length > LONGEST_WORDS) throw new Problem("invalid-input");
  const sayKey = `${said.personId}:${said.sayKey}`;
  const before = await ctx.db.sql`select from relay_texts where say_key = ${sayKey}`;
  if (before.length > 0) return { kind: "sent", waits: false };
  const found = await findOpened(ctx, said.personId, said);
  if ("answer" in found) return found.answer;
  const { relay } = found;
  if (!relay.open) return { kind: "closed" };
  const limit = { key: `relay|${relay.relayId}|${relay.side}`, max: AN_HOUR, perSeconds: 3_600 };
  if (!(await takeFromLimit(ctx, limit))) throw new Problem("too-many");
  const kept = await keep(ctx, relay, relay.relayId, words, sayKey);
  return kept ? { kind: "sent", waits: relay.other.phoneSealed === null } : { kind: "closed" };
}

async function keep(ctx: Ctx, relay: MyRelay, relayId: string, words: string, sayKey: string): Promise<boolean> {
  const { sql } = ctx.db;
  const id = newId(ctx.now);
  const body = ctx.seal.seal(words, { table: "relay_texts", column: "body_sealed", row: id });
  const texts = textTo(ctx, relay, "other", await readersOf(ctx, [relay]), {
    key: `relay:${id}`,
    words: (framing, frame) =>
      wordsText(framing, frame, {
        said: bothShared(relay) ? words : without(ctx, relay, words, framing.t("relay.hidden")),
        first: !relay.begun,
        link: pageOf(ctx, relay, "other"),
      }),
  });
  const [row] = await sql<{ open: boolean }[]>`
    with open as (${isTalking(ctx, relayId, relay.side)}), said as (
      insert into relay_texts (id, relay_id, side, body_sealed, say_key, created_at)
      select ${id}::uuid, open.id, ${relay.side}, ${body}, ${sayKey}, ${ctx.now}::timestamptz from open
      on conflict (say_key) do nothing returning id
    ), word as (
      insert into first_words (post_id, at) select r.post_id, ${ctx.now}::timestamptz
      from said join relays r on r.id = ${relayId}::uuid where ${relay.side} = 'claimer' on conflict do nothing
    ), owed as (${insertOf(ctx, texts, sql`exists (select from said)`)})
    select exists (select from open) as open`;
  return row?.open ?? false;
}

export const bothShared = ({ me, other }: MyRelay): boolean => me.sharedAt !== null && other.sharedAt !== null;

/** Words as the other side may read them before both shared; the writer's own number can not even be pieced together. */
function without(ctx: Ctx, relay: MyRelay, words: string, word: string): string {
  const { me } = relay;
  const open = (sealed: string | null, column: string) =>
    sealed && ctx.seal.open(sealed, { table: "people", column, row: me.id });
  return hide(words, {
    word,
    secrets: [open(me.phoneSealed, "phone_sealed"), open(me.emailSealed, "email_sealed"), reachOf(ctx, me)],
  });
}
