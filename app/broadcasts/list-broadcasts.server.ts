import type { PersonCtx } from "#app/core/ctx.ts";
import { LOCALES, type Locale } from "#app/i18n/locales.ts";
import type { BroadcastState } from "./broadcast.ts";
import { groupNameOf, readWords, type BroadcastRow } from "./get-broadcast.server.ts";
import { inTheirHands } from "./scope.server.ts";

export type ListedBroadcast = {
  id: string;
  groupName: string | null;
  /** The beginning of its words, in the reader's language where there are any; null without words. */
  words: string | null;
  state: BroadcastState;
  pausedWhy: "by_hand" | "filtered" | null;
  recipients: number;
  /** It waits for this very reader. */
  yours: boolean;
  at: Date;
};

const SHOWN = 50;
const WORDS_SHOWN = 90;

/** The broadcasts of the groups somebody coordinates: what waits first, then the latest. */
export async function listBroadcasts(ctx: PersonCtx, locale: Locale): Promise<ListedBroadcast[]> {
  type Row = Omit<BroadcastRow, "audience"> &
    Pick<ListedBroadcast, "state" | "pausedWhy" | "recipients" | "yours" | "at">;
  const rows = await ctx.db.sql<Row[]>`
    select b.id, b.group_id, g.name, g.translations, b.words_sealed, b.state, b.paused_why as "pausedWhy", b.recipients,
      b.state = 'waiting' and b.author_id is distinct from ${ctx.person.id}::uuid as yours, b.updated_at as at
    from broadcasts b left join groups g on g.id = b.group_id
    where ${inTheirHands(ctx)}
    order by b.state in ('waiting', 'paused', 'sending') desc, b.created_at desc limit ${SHOWN}`;
  return rows.map((row) => {
    const words = readWords(ctx, row);
    const text = words[locale] ?? LOCALES.map((one) => words[one]).find(Boolean) ?? null;
    const { id, state, pausedWhy, recipients, yours, at } = row;
    return {
      id,
      groupName: groupNameOf(row, locale),
      words: text && begin(text),
      state,
      pausedWhy,
      recipients,
      yours,
      at,
    };
  });
}

const begin = (text: string) => {
  const letters = [...text.replace(/\s+/g, " ")];
  return letters.length <= WORDS_SHOWN ? letters.join("") : `${letters.slice(0, WORDS_SHOWN).join("").trimEnd()}…`;
};
