import type { Ctx } from "#app/core/ctx.ts";
import { hashToken } from "#app/core/ids.server.ts";
import { Problem } from "#app/core/problems.ts";
import { homeZone } from "#app/core/time-zone.ts";
import type { CategoryField } from "#app/groups/category-field.ts";
import { knowsAnswers } from "#app/groups/membership.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { hasPromised } from "#app/posts/get-post.server.ts";
import { mayBeSeen, postColumns, toView, type PostRow } from "#app/posts/post-rows.server.ts";
import { plainCode, type PostKind, type PostView } from "#app/posts/post.ts";
import { readCandidates, type Candidate } from "./candidates.server.ts";
import { COUNTS } from "./fit.ts";
import { LIMITS, type Match, type Matches, type PairFacts, type ReasonKind, type Side } from "./match.ts";
import { isOtherKind, score, weigh } from "./score.ts";
import { packedSide, toSide, type PackedSide } from "./sides.server.ts";

type Ref = { code: string } | { token: string };
/** `fields`: what the categories of its needs ask, by their ids. */
type Probe = { kind: PostKind; open: boolean; side: Side; fields: Record<string, CategoryField[]> };
type Pair = { need: Side; offer: Side; other: Side; facts: PairFacts; weighed: ReturnType<typeof weigh> };
const NO_FIELDS: CategoryField[] = [];

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
  const ownNeed = "token" in ref && probe.kind === "need";
  const found = await match(ctx, [probe], { perPost: limit, locale, ownNeed });
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
  const { sql } = ctx.db;
  const rows = await sql<(Pick<Probe, "kind" | "open"> & { side: PackedSide; fields: Probe["fields"] | null })[]>`
    select p.kind, p.claimable as open, ${packedSide(ctx)} as side, (
      select json_object_agg(c.id, c.fields) from categories c
      where c.fields <> '[]' and (c.id = p.category_id or p.kind = 'offer' and (c.group_id = p.group_id
        or c.id in (select f.need_category_id from category_fits f where f.offer_category_id = p.category_id)))) as fields
    from posts p join people a on a.id = p.author_id
    where ${condition}`;
  return rows.map(({ side, fields, ...row }) => ({ ...row, side: toSide(side), fields: fields ?? {} }));
}

async function match(
  ctx: Ctx,
  probes: readonly Probe[],
  { perPost, locale, ownNeed = false }: { perPost: number; locale: Locale; ownNeed?: boolean },
): Promise<Map<string, Matches>> {
  const open = probes.filter((probe) => probe.open);
  const pairs = await readPairs(ctx, open, "limits");
  const fitless = open.filter(({ side }) => !pairs.get(side.id)?.some(({ weighed }) => weighed.broken.length === 0));
  const beyond = await readPairs(ctx, fitless, "anything");
  const best = new Map(
    probes.map(({ side: { id } }) => [id, bestOf([...(pairs.get(id) ?? []), ...(beyond.get(id) ?? [])], perPost)]),
  );
  const views = await readViews(ctx, [...best.values()].flat(), locale);
  const zone = homeZone();
  const tells = ownNeed || knowsAnswers(ctx.person);
  return new Map([...best].map(([id, chosen]) => [id, matchesOf(ctx, chosen, views, { zone, tells })]));
}

/** So many posts are asked about in one statement: it takes well under a second. */
const AT_ONCE = 100;

/** What may fit each of some posts, weighed. */
async function readPairs(
  ctx: Ctx,
  probes: readonly Probe[],
  within: "limits" | "anything",
): Promise<Map<string, Pair[]>> {
  const pairs = new Map<string, Pair[]>();
  for (const kind of ["need", "offer"] as const) {
    const alike = probes.filter((probe) => probe.kind === kind);
    for (let from = 0; from < alike.length; from += AT_ONCE) {
      const some = new Map(alike.slice(from, from + AT_ONCE).map((probe) => [probe.side.id, probe]));
      for (const candidate of await readCandidates(ctx, { ids: [...some.keys()], kind, within })) {
        const pair = pairOf(ctx, some.get(candidate.probe)!, candidate);
        const others = pairs.get(candidate.probe);
        if (others) others.push(pair);
        else pairs.set(candidate.probe, [pair]);
      }
    }
  }
  return pairs;
}

function pairOf(ctx: Ctx, probe: Probe, { side, fit, words, kept, areaAnswered }: Candidate): Pair {
  const need = probe.kind === "need" ? probe.side : side;
  const offer = probe.kind === "need" ? side : probe.side;
  const facts = { fit, words, kept, areaAnswered, fields: probe.fields[need.categoryId ?? ""] ?? NO_FIELDS };
  return { need, offer, other: side, facts, weighed: weigh(need, offer, facts, ctx.now) };
}

/** The best within the limits; where there is none, the best of those that break the fewest. Each post once. */
function bestOf(pairs: readonly Pair[], limit: number): Pair[] {
  const fewest = Math.min(...pairs.map(({ weighed }) => weighed.broken.length));
  const sorted = pairs.filter(({ weighed }) => weighed.broken.length === fewest).toSorted(byWorth);
  const once = new Map<string, Pair>();
  for (const pair of sorted) {
    if (once.size === limit) break;
    if (!once.has(pair.other.id)) once.set(pair.other.id, pair);
  }
  return [...once.values()];
}

/** The best first; of equals the nearest, then who has been there longest. */
const byWorth = (a: Pair, b: Pair): number =>
  b.weighed.score - a.weighed.score ||
  (a.weighed.km ?? Infinity) - (b.weighed.km ?? Infinity) ||
  a.other.createdAt.getTime() - b.other.createdAt.getTime() ||
  (a.other.id < b.other.id ? -1 : 1);

async function readViews(ctx: Ctx, pairs: readonly Pair[], locale: Locale): Promise<Map<string, PostView>> {
  if (pairs.length === 0) return new Map();
  const ids = [...new Set(pairs.map(({ other }) => other.id))];
  const rows = await ctx.db.sql<PostRow[]>`
    select ${postColumns(ctx)}
    from posts p join groups g on g.id = p.group_id left join categories c on c.id = p.category_id
    where p.id = any(${ids}::uuid[]) and p.claimable and ${mayBeSeen(ctx)}`;
  return new Map(rows.map((row) => [row.id, toView(row, locale)]));
}

/** What a need's author said has to fit, and what somebody's settings say they speak, are for those who may know people here. */
const PERSONAL: ReasonKind[] = ["has", "speaks"];

/** `tells`: the reader is one of them; to others these are no reasons that could be named. */
function matchesOf(
  ctx: Ctx,
  chosen: readonly Pair[],
  views: Map<string, PostView>,
  { zone, tells }: { zone: string; tells: boolean },
): Matches {
  const items = chosen.flatMap(({ need, offer, other, facts }): Match[] => {
    const post = views.get(other.id);
    if (!post) return [];
    const { km: _km, ...scored } = score(need, offer, facts, ctx.now, zone, other === offer ? "need" : "offer");
    const reasons = scored.reasons.filter(({ kind }) => tells || !PERSONAL.includes(kind));
    return [
      {
        ...scored,
        lacks: tells ? scored.lacks : null,
        reasons,
        post,
        quantity: isOtherKind(need, offer, facts) ? null : Math.min(need.remaining, offer.remaining),
        alike: facts.fit >= COUNTS,
      },
    ];
  });
  return { items, relaxed: LIMITS.filter((limit) => items.some(({ broken }) => broken.includes(limit))) };
}
