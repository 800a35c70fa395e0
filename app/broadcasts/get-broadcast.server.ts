import type { Ctx, PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { inLocale, LOCALES, type Locale, type Translations } from "#app/i18n/locales.ts";
import { openName } from "#app/people/person.server.ts";
import { isUuid } from "#app/people/uuid.ts";
import { audienceOf, type Audience } from "./audience.ts";
import type { BroadcastState, BroadcastWords } from "./broadcast.ts";
import { inTheirHands } from "./scope.server.ts";
import { frameLine, type Frame } from "./words.ts";

/** A broadcast as its coordinators see it. */
export type Broadcast = {
  id: string;
  groupId: string | null;
  /** In the reader's language; null when it goes to everybody. */
  groupName: string | null;
  audience: Audience;
  words: BroadcastWords;
  /** What is put around the words, by language. */
  frame: Frame;
  state: BroadcastState;
  /** Who wrote it (id null once they were erased), and who let it go; names null when they gave none. */
  author: { id: string | null; name: string | null };
  approver: { id: string; name: string | null } | null;
  recipients: number;
  segments: number;
  pausedWhy: "by_hand" | "filtered" | null;
  /** Changes with every change: what somebody agreed to is what they saw. */
  version: number;
  approvedAt: Date | null;
  endedAt: Date | null;
};

export type BroadcastRow = {
  id: string;
  group_id: string | null;
  name: string | null;
  translations: Translations | null;
  audience: Record<string, unknown>;
  words_sealed: string | null;
};

/** @throws Problem `not-found`, also when it is another group's. */
export async function getBroadcast(ctx: PersonCtx, id: string, locale: Locale): Promise<Broadcast> {
  type Row = BroadcastRow &
    Pick<Broadcast, "state" | "recipients" | "segments" | "pausedWhy" | "approvedAt" | "endedAt"> & {
      author_id: string | null;
      author_name: string | null;
      approved_by: string | null;
      approver_name: string | null;
      updated_at: Date;
    };
  const [row] = isUuid(id)
    ? await ctx.db.sql<Row[]>`
        select b.id, b.group_id, g.name, g.translations, b.audience, b.words_sealed, b.state, b.recipients, b.segments,
          b.paused_why as "pausedWhy", b.approved_at as "approvedAt", b.ended_at as "endedAt", b.updated_at,
          b.author_id, a.name_sealed as author_name, b.approved_by, o.name_sealed as approver_name
        from broadcasts b left join groups g on g.id = b.group_id
          left join people a on a.id = b.author_id left join people o on o.id = b.approved_by
        where b.id = ${id}::uuid and ${inTheirHands(ctx)}`
    : [];
  if (!row) throw new Problem("not-found");
  const named = (who: string, sealed: string | null) => ({
    id: who,
    name: openName(ctx.seal, { id: who, name_sealed: sealed }),
  });
  const { state, recipients, segments, pausedWhy, approvedAt, endedAt } = row;
  return {
    id: row.id,
    groupId: row.group_id,
    groupName: groupNameOf(row, locale),
    audience: audienceOf(row.audience),
    words: readWords(ctx, row),
    frame: frameOf(row),
    author: row.author_id ? named(row.author_id, row.author_name) : { id: null, name: null },
    approver: row.approved_by ? named(row.approved_by, row.approver_name) : null,
    version: row.updated_at.getTime(),
    state,
    recipients,
    segments,
    pausedWhy,
    approvedAt,
    endedAt,
  };
}

type Named = Pick<BroadcastRow, "name" | "translations">;

export const groupNameOf = ({ name, translations }: Named, locale: Locale): string | null =>
  name === null ? null : inLocale({ name, translations: translations ?? {} }, "name", locale);

/** What stands around the words: the group's name, or the installation's where it goes to everybody. */
export function frameOf(row: Named): Frame {
  const entries = LOCALES.map((locale) => {
    const t = textFor(locale);
    const name = frameLine(groupNameOf(row, locale) ?? t("app.name"), locale);
    return [locale, { name, stop: frameLine(t("notifications.stop"), locale) }] as const;
  });
  return Object.fromEntries(entries) as Frame;
}

const place = (id: string) => ({ table: "broadcasts", column: "words_sealed", row: id });

export const sealWords = (ctx: Ctx, id: string, words: BroadcastWords): string =>
  ctx.seal.seal(JSON.stringify(words), place(id));

type Sealed = Pick<BroadcastRow, "id" | "words_sealed">;

/** Its words, for whoever looks: none where they do not open. */
export const readWords = (ctx: Ctx, row: Sealed): BroadcastWords =>
  JSON.parse(ctx.seal.read(row.words_sealed, place(row.id)) ?? "{}") as BroadcastWords;

/** Its words, to be sent. @throws SealBroken rather than that empty texts go out. */
export const openWords = (ctx: Ctx, row: Sealed): BroadcastWords =>
  row.words_sealed ? (JSON.parse(ctx.seal.open(row.words_sealed, place(row.id))) as BroadcastWords) : {};
