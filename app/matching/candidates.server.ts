import type { PendingQuery, Row } from "postgres";
import type { Ctx } from "#app/core/ctx.ts";
import { keptApartFrom } from "#app/people/kept-apart.server.ts";
import type { PostKind } from "#app/posts/post.ts";
import { mayBeSeen } from "#app/posts/post-rows.server.ts";
import { areaOf } from "./area.server.ts";
import { FIT, type Fit } from "./fit.ts";
import type { PairFacts, Side } from "./match.ts";
import { KEEPS } from "./reasons.ts";
import { shelvesOf } from "./shelves.server.ts";
import { packedSide, toSide, type PackedSide } from "./sides.server.ts";

/** Another post that may fit a probe, with what is known about the pair. */
export type Candidate = Omit<PairFacts, "fields"> & { probe: string; side: Side };

/** `limits`: only at times that meet, and with what must be there; `anything`: also without. */
type Within = "limits" | "anything";
type Fragment = PendingQuery<Row[]>;
type PackedPair = [
  probe: string,
  fit: Fit,
  words: number,
  kept: number | null,
  areaAnswered: number | null,
  side: PackedSide,
];

/**
 * What may fit some posts of one kind, some dozens for each, in no order and some twice: of each shelf the nearest, those that do
 * not say where they are and, of needs, the urgent near ones and those near that wait longest. Never what is closed, covered, not
 * approved, not to be seen by the asker, by the same author, by somebody kept apart from them, or dismissed for the time being.
 */
export async function readCandidates(
  ctx: Ctx,
  { ids, kind, within }: { ids: readonly string[]; kind: PostKind; within: Within },
): Promise<Candidate[]> {
  const { sql } = ctx.db;
  const [packed] = await sql<{ pairs: PackedPair[] | null }[]>`
    with probes as materialized (${probes(ctx, ids, kind)}
    ), shelves as materialized (${shelvesOf(ctx, kind)}
    )
    select json_agg(json_build_array(x.id, s.fit, ${words(ctx)}, ${kept(ctx, kind)},
      ${kind === "need" ? sql`x.area_answered` : areaAnswered(ctx)}, ${packedSide(ctx)})) as pairs
    from probes x join shelves s on s.probe = x.id
    cross join lateral (${looks(ctx, kind, within)}) p
    join people a on a.id = p.author_id`;
  return (packed?.pairs ?? []).map(([probe, fit, alike, keeps, areaIsAnswered, side]) => ({
    probe,
    side: toSide(side),
    fit: FIT[fit],
    words: alike,
    kept: keeps,
    areaAnswered: areaIsAnswered,
  }));
}

/** The posts asked about, with all about them that their candidates are compared with, worked out once. */
function probes(ctx: Ctx, ids: readonly string[], kind: PostKind): Fragment {
  const { sql } = ctx.db;
  const stems = (grammar: Fragment) =>
    sql`tsvector_to_array(to_tsvector(${grammar}, fold(p.title || ' ' || coalesce(p.details, ''))))`;
  const dismissed =
    kind === "need"
      ? sql`select d.offer_id from match_dismissals d where d.need_id = p.id and d.until > ${ctx.now}::timestamptz`
      : sql`select d.need_id from match_dismissals d where d.offer_id = p.id and d.until > ${ctx.now}::timestamptz`;
  // The ids come as a query's answer: the planner then thinks the same of one as of many, and plans the statement once for all.
  return sql`
      select p.id, p.author_id, p.group_id, p.category_id, p.lat, p.lng, spot(p.lat, p.lng) as spot,
        span(p.window_start, p.window_end) as during, p.answers, fold(p.title) as title,
        ${stems(sql`'english'`)} as en, ${stems(sql`'spanish'`)} as es, ${stems(sql`'arabic'`)} as ar,
        ${keptApartFrom(ctx, sql`p.author_id`)} as apart, array(${dismissed}) as dismissed,
        ${kind === "need" ? sql`${areaAnswered(ctx)} as area_answered, ${usually(ctx)} as usually, (select g.learns from groups g where g.id = p.group_id) as learns,` : sql`${keptBy(ctx, usually(ctx))} as kept, `}
        coalesce((select jsonb_object_agg(field ->> 'key', p.answers -> (field ->> 'key'))
          from categories c, jsonb_array_elements(c.fields) field
          where c.id = p.category_id and field ->> 'weighs' = 'must' and p.answers ? (field ->> 'key')), '{}') as must
      from posts p
      where p.id = any((select ${[...ids]}::uuid[])::uuid[]) and p.claimable and p.kind = ${kindOf(ctx, kind)}`;
}

/** In the text, not a parameter, so that the planner knows which of the partial indexes it may use. */
const kindOf = ({ db: { sql } }: Ctx, kind: PostKind): Fragment => (kind === "need" ? sql`'need'` : sql`'offer'`);

/**
 * Looks along one shelf `s` for one probe `x`. Each part walks an index in its order and stops after a few, however many there are:
 * more than are shown, as words, urgency and waiting count beside nearness; fewer of shelves that are not its own.
 */
function looks(ctx: Ctx, kind: PostKind, within: Within): Fragment {
  const { sql } = ctx.db;
  const columns = sql`p.id, p.category_id, p.group_id, p.author_id, p.title, p.stems, p.locale, p.lat, p.lng, p.window_start,
        p.window_end, p.quantity, p.remaining, p.urgency, p.created_at, p.answers, p.languages`;
  const onShelf = sql`p.claimable and p.kind = ${kindOf(ctx, kind === "need" ? "offer" : "need")}
          and coalesce(p.category_id, p.group_id) = s.shelf`;
  const fitting = sql`${limits(ctx, kind, within)} and p.author_id <> x.author_id and not p.unapproved
          and p.author_id <> all (x.apart) and p.id <> all (x.dismissed) and ${mayBeSeen(ctx)}`;
  const away = sql`spot(p.lat, p.lng) <-> x.spot`;
  const upTo = (own: number, other: number) => sql`limit case when s.own then ${own}::int else ${other}::int end`;
  const oldest = (condition: Fragment, many: Fragment) => sql`
      (select ${columns}, p.visibility, p.unapproved from posts p where ${onShelf} and ${condition} order by p.created_at ${many})`;
  const nearest = (condition: Fragment) => sql`
      (select ${columns} from posts p where ${onShelf} and ${condition} and ${fitting} order by ${away} ${upTo(24, 4)})`;
  // Who needs something special looks only along those who say what they have, which is an index of its own.
  const near =
    kind === "need" && within === "limits"
      ? sql`${nearest(sql`x.must = '{}'`)} union all ${nearest(sql`x.must <> '{}' and p.answers <> '{}'`)}`
      : nearest(sql`true`);
  const either = sql`
      ${near}
      union all
      (select ${columns} from ${oldest(sql`p.lat is null`, upTo(8, 3))} p where ${fitting} and x.spot is not null ${upTo(6, 2)})`;
  if (kind === "need") return either;
  return sql`${either}
      union all
      (select ${columns} from posts p where ${onShelf} and ${fitting} and p.urgency = 'urgent' order by ${away} ${upTo(8, 2)})
      union all
      (select ${columns} from ${oldest(sql`true`, upTo(32, 4))} p
        where ${fitting} and ${isNear(ctx)} ${upTo(8, 2)})`;
}

/** Within 15 km of the probe, or one of the two does not say where it is. */
const isNear = ({ db: { sql } }: Ctx): Fragment => sql`coalesce(
          power((p.lat - x.lat) * 110.57, 2) + power((p.lng - x.lng) * 111.32 * cos(radians(x.lat)), 2) < 225, true)`;

function limits({ db: { sql } }: Ctx, kind: PostKind, within: Within): Fragment {
  if (within === "anything") return sql`true`;
  const hasWhatMustBe =
    kind === "need"
      ? sql`p.answers @> x.must`
      : sql`(s.must = '{}' or not exists (select from unnest(s.must) key
            where p.answers ? key and not coalesce(x.answers -> key, '[]') @> (p.answers -> key)))`;
  return sql`span(p.window_start, p.window_end) && x.during and ${hasWhatMustBe}`;
}

/**
 * How alike the words of a probe `x` and a post `p` are: their titles by their letters, or all they say by stems of the post's
 * grammar. Plain letters need no folding, which takes longer than all the rest.
 */
const words = ({ db: { sql } }: Ctx): Fragment => sql`
      greatest(similarity(x.title, case when octet_length(p.title) = length(p.title) then p.title else fold(p.title) end),
        least(1, (length(p.stems) - length(ts_delete(p.stems, case p.locale when 'es' then x.es when 'ar' then x.ar else x.en end)))
          / greatest(3::float8, least(length(p.stems), cardinality(x.en)))))`;

/** `kept` of the offer's author, where the need's group learns. */
const kept = (ctx: Ctx, kind: PostKind): Fragment => {
  const { sql } = ctx.db;
  return kind === "need"
    ? sql`case when x.learns then ${keptBy(ctx, sql`x.usually`)} end`
    : sql`case when x.kept is not null and (select g.learns from groups g where g.id = p.group_id) then x.kept end`;
};

/**
 * How surely a post's author keeps promises, leaning to how everybody does while they made few. Who made none yet weighs as everybody
 * does, but is not praised for it; null while nothing is known of anybody.
 */
const keptBy = ({ db: { sql } }: Ctx, everybody: Fragment): Fragment => sql`
      case when ${everybody} is not null then coalesce((
        select (o.kept + 4 * ${everybody}) / (o.promised + 4) from outcome_rates o
        where o.scope = 'person' and o.key = p.author_id::text and o.promised > 0), least(${everybody}, ${KEEPS - 0.01}::float8)) end`;

/** How surely promises are kept, all in all. */
const usually = ({ db: { sql } }: Ctx): Fragment => sql`
      (select e.kept / e.promised::float8 from outcome_rates e where e.scope = 'all' and e.key = '' and e.promised > 0)`;

/** Of the area a need `p` lies in. */
const areaAnswered = (ctx: Ctx): Fragment => {
  const { sql } = ctx.db;
  return sql`(select rate::float8 from area_rates where area = ${areaOf(ctx, sql`p.lat`, sql`p.lng`)})`;
};
