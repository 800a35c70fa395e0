import type { PersonCtx } from "#app/core/ctx.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { postColumns, toView, type PostRow } from "#app/posts/post-rows.server.ts";
import { plainCode, type PostView } from "#app/posts/post.ts";
import { matchMany } from "./find-matches.server.ts";
import type { Match, Matches } from "./match.ts";

/** A need with the few offers that fit it best. */
export type QueueLine = { need: PostView; relaxed: Matches["relaxed"]; matches: Match[] };

/** `next`: where the following page begins; null on the last one. */
export type Queue = { lines: QueueLine[]; next: string | null };

const A_PAGE = 6;
const PER_NEED = 3;
/** Needs looked at in one go. */
const BATCH = 32;
/** A page is not looked for for ever: where so many needs in a row have nothing that fits, the reader is asked to go on. */
const MOST_BATCHES = 4;

/**
 * Open needs of these groups that an offer can serve (not only another kind of thing that helps), the most pressing first: urgent ones, then those that wait longest,
 * each with up to three offers. The caller has checked that the asker coordinates the groups.
 *
 * @param after where a page begins, as an earlier page's `next` said.
 * @param only the code of the one need to look at.
 */
export async function matchQueue(
  ctx: PersonCtx,
  {
    groupIds,
    after,
    only = null,
    locale,
  }: { groupIds: readonly string[]; after: string | null; only?: string | null; locale: Locale },
): Promise<Queue> {
  const where = { groupIds, only: only && plainCode(only) };
  const lines: QueueLine[] = [];
  let from = readPlace(after);
  for (let batch = 0; batch < MOST_BATCHES; batch++) {
    const needs = await pressingNeeds(ctx, where, from, locale);
    const found = await matchMany(
      ctx,
      needs.map(({ id }) => id),
      { perPost: PER_NEED, locale },
    );
    for (const need of needs) {
      const { items, relaxed } = found.get(need.id) ?? { items: [], relaxed: [] };
      if (items.some(({ quantity }) => quantity !== null)) lines.push({ need, relaxed, matches: items });
      from = placeOf(need);
      if (lines.length === A_PAGE) return { lines, next: await more(ctx, where, from, locale) };
    }
    if (needs.length < BATCH) return { lines, next: null };
  }
  return { lines, next: from && writePlace(from) };
}

type Place = { urgent: boolean; createdAt: string; id: string };
const placeOf = ({ urgency, createdAt, id }: PostView): Place => ({
  urgent: urgency === "urgent",
  createdAt: createdAt.toISOString(),
  id,
});
const writePlace = ({ urgent, createdAt, id }: Place) => `${urgent ? "u" : "o"}~${createdAt}~${id}`;

/** A place nobody gave is the beginning. */
function readPlace(text: string | null): Place | null {
  const [, kind, createdAt, id] = /^([uo])~(\d{4}-\d\d-\d\dT[\d:.]+Z)~([0-9a-f-]{36})$/.exec(text ?? "") ?? [];
  return kind && createdAt && id ? { urgent: kind === "u", createdAt, id } : null;
}

type Where = { groupIds: readonly string[]; only: string | null };

async function more(ctx: PersonCtx, where: Where, from: Place, locale: Locale): Promise<string | null> {
  const [next] = await pressingNeeds(ctx, where, from, locale, 1);
  return next ? writePlace(from) : null;
}

async function pressingNeeds(
  ctx: PersonCtx,
  { groupIds, only }: Where,
  from: Place | null,
  locale: Locale,
  limit = BATCH,
): Promise<PostView[]> {
  const { sql } = ctx.db;
  const after = from
    ? sql`and (p.urgency <> 'urgent', p.created_at, p.id) > (${!from.urgent}, ${from.createdAt}::timestamptz, ${from.id}::uuid)`
    : sql``;
  const rows = await sql<PostRow[]>`
    select ${postColumns(ctx)}
    from posts p join groups g on g.id = p.group_id left join categories c on c.id = p.category_id
    where p.group_id = any(${[...groupIds]}::uuid[]) and p.kind = 'need' and p.claimable and not p.unapproved
      and (${only}::text is null or p.code = ${only}) ${after}
    order by p.urgency <> 'urgent', p.created_at, p.id limit ${limit}`;
  return rows.map((row) => toView(row, locale));
}
