import type { Ctx } from "#app/core/ctx.ts";
import { hashToken } from "#app/core/ids.server.ts";
import { Problem } from "#app/core/problems.ts";
import { homeZone } from "#app/core/time-zone.ts";
import type { CategoryField } from "#app/groups/category-field.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { hasPromised } from "#app/posts/get-post.server.ts";
import { mayBeSeen, postColumns, toView, type PostRow } from "#app/posts/post-rows.server.ts";
import { plainCode, type PostKind, type PostView } from "#app/posts/post.ts";
import { readCandidates, type Candidate } from "./candidates.server.ts";
import { LIMITS, type Limit, type Match, type Matches, type Scored, type Side } from "./match.ts";
import { score } from "./score.ts";
import { sideColumns, toSide, type SideRow } from "./sides.server.ts";

type Ref = { code: string } | { token: string };
type Probe = { kind: PostKind; open: boolean; side: Side; fields: CategoryField[] };
type Pair = { side: Side; scored: Scored; quantity: number };

/**
 * The best open offers for a need, or needs for an offer, of those the asker may see, the best first. Where nothing is within the
 * limits, the best beyond them, and `relaxed` says which were let go of. Nothing for a post that is closed or covered.
 *
 * @param ref a post's code, or the token of its author's private link.
 * @throws Problem `not-found` when there is no such post or the asker may not see it.
 */
export async function findMatches(ctx: Ctx, ref: Ref, locale: Locale, limit = 10): Promise<Matches> {
  const { sql } = ctx.db;
  const [probe] = await readProbes(
    ctx,
    "token" in ref
      ? sql`p.manage_hash = ${hashToken(ref.token)}`
      : sql`p.code = ${plainCode(ref.code)} and (${mayBeSeen(ctx)} or ${hasPromised(ctx)})`,
  );
  if (!probe) throw new Problem("not-found");
  const found = await match(ctx, [probe], { perPost: limit, locale });
  return found.get(probe.side.id) ?? NOTHING;
}

/**
 * The best matches of many posts by their ids; the caller has seen to that the asker may see these. What fits nothing has no items,
 * what is not there is left out.
 */
export async function matchMany(
  ctx: Ctx,
  postIds: readonly string[],
  options: { perPost: number; locale: Locale },
): Promise<Map<string, Matches>> {
  if (postIds.length === 0) return new Map();
  return match(ctx, await readProbes(ctx, ctx.db.sql`p.id = any(${[...postIds]}::uuid[])`), options);
}

const NOTHING: Matches = { items: [], relaxed: [] };

async function readProbes(ctx: Ctx, condition: ReturnType<typeof mayBeSeen>): Promise<Probe[]> {
  const rows = await ctx.db.sql<(SideRow & { kind: PostKind; open: boolean; fields: CategoryField[] | null })[]>`
    select ${sideColumns(ctx)}, p.kind, p.claimable as open, c.fields
    from posts p join people a on a.id = p.author_id left join categories c on c.id = p.category_id
    where ${condition}`;
  return rows.map((row) => ({ kind: row.kind, open: row.open, side: toSide(row), fields: row.fields ?? [] }));
}

async function match(
  ctx: Ctx,
  probes: readonly Probe[],
  { perPost, locale }: { perPost: number; locale: Locale },
): Promise<Map<string, Matches>> {
  const open = probes.filter((probe) => probe.open);
  const pairs = await pairsWithin(ctx, open, "limits");
  const bare = open.filter(({ side }) => !pairs.get(side.id)?.some(({ scored }) => scored.broken.length === 0));
  const beyond = await pairsWithin(ctx, bare, "anything");
  const best = new Map(
    probes.map(({ side: { id } }) => [id, bestOf([...(pairs.get(id) ?? []), ...(beyond.get(id) ?? [])], perPost)]),
  );
  const views = await readViews(ctx, [...best.values()].flat(), locale);
  return new Map([...best].map(([id, chosen]) => [id, matchesOf(chosen, views)]));
}

/** So many posts are asked about in one statement: it takes well under a second. */
const AT_ONCE = 100;

/** What may fit each of some posts, scored. */
async function pairsWithin(
  ctx: Ctx,
  probes: readonly Probe[],
  within: "limits" | "anything",
): Promise<Map<string, Pair[]>> {
  const pairs = new Map<string, Pair[]>();
  for (const kind of ["need", "offer"] as const) {
    const alike = probes.filter((probe) => probe.kind === kind);
    for (let from = 0; from < alike.length; from += AT_ONCE) {
      for (const [id, found] of await pairsOf(ctx, alike.slice(from, from + AT_ONCE), kind, within))
        pairs.set(id, found);
    }
  }
  return pairs;
}

async function pairsOf(
  ctx: Ctx,
  probes: readonly Probe[],
  kind: PostKind,
  within: "limits" | "anything",
): Promise<Map<string, Pair[]>> {
  const ids = probes.map(({ side }) => side.id);
  const [candidates, fields] = await Promise.all([
    readCandidates(ctx, { ids, kind, within }),
    kind === "offer" ? readFields(ctx) : new Map<string, CategoryField[]>(),
  ]);
  const byId = new Map(probes.map((probe) => [probe.side.id, probe]));
  const zone = homeZone();
  const pairs = new Map<string, Pair[]>();
  for (const candidate of candidates) {
    const probe = byId.get(candidate.probe);
    if (!probe) continue;
    const list = pairs.get(candidate.probe) ?? [];
    list.push(pairOf(ctx, probe, candidate, fields, zone));
    pairs.set(candidate.probe, list);
  }
  return pairs;
}

function pairOf(
  ctx: Ctx,
  probe: Probe,
  { side, facts }: Candidate,
  byCategory: Map<string, CategoryField[]>,
  zone: string,
): Pair {
  const [need, offer] = probe.kind === "need" ? [probe.side, side] : [side, probe.side];
  const fields = probe.kind === "need" ? probe.fields : (byCategory.get(side.categoryId ?? "") ?? []);
  return {
    side,
    scored: score(need, offer, { ...facts, fields }, ctx.now, zone),
    quantity: Math.min(need.remaining, offer.remaining),
  };
}

async function readFields({ db: { sql } }: Ctx): Promise<Map<string, CategoryField[]>> {
  const rows = await sql<{ id: string; fields: CategoryField[] }[]>`
    select id, fields from categories where fields <> '[]'`;
  return new Map(rows.map(({ id, fields }) => [id, fields]));
}

/** The best within the limits; where there is none, the best of those that break the fewest. Each post once. */
function bestOf(pairs: readonly Pair[], limit: number): Pair[] {
  const fewest = Math.min(...pairs.map(({ scored }) => scored.broken.length));
  const sorted = pairs.filter(({ scored }) => scored.broken.length === fewest).toSorted(byWorth);
  const once = new Map<string, Pair>();
  for (const pair of sorted) {
    if (once.size === limit) break;
    if (!once.has(pair.side.id)) once.set(pair.side.id, pair);
  }
  return [...once.values()];
}

const byWorth = (a: Pair, b: Pair): number =>
  b.scored.score - a.scored.score ||
  (a.scored.km ?? Infinity) - (b.scored.km ?? Infinity) ||
  a.side.createdAt.getTime() - b.side.createdAt.getTime() ||
  (a.side.id < b.side.id ? -1 : 1);

async function readViews(ctx: Ctx, pairs: readonly Pair[], locale: Locale): Promise<Map<string, PostView>> {
  if (pairs.length === 0) return new Map();
  const ids = [...new Set(pairs.map(({ side }) => side.id))];
  const rows = await ctx.db.sql<PostRow[]>`
    select ${postColumns(ctx)}
    from posts p join groups g on g.id = p.group_id left join categories c on c.id = p.category_id
    where p.id = any(${ids}::uuid[]) and p.claimable and ${mayBeSeen(ctx)}`;
  return new Map(rows.map((row) => [row.id, toView(row, locale)]));
}

function matchesOf(chosen: readonly Pair[], views: Map<string, PostView>): Matches {
  const items = chosen.flatMap(({ side, quantity, scored: { km: _km, ...scored } }): Match[] => {
    const post = views.get(side.id);
    return post ? [{ ...scored, post, quantity }] : [];
  });
  const relaxed = LIMITS.filter((limit: Limit) => items.some(({ broken }) => broken.includes(limit)));
  return { items, relaxed };
}
