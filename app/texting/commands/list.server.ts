import { listGroups } from "#app/groups/queries.server.ts";
import { distanceKm } from "#app/matching/distance.ts";
import { listPosts } from "#app/posts/list-posts.server.ts";
import type { BoardFilter } from "#app/posts/board-filter.ts";
import type { PostView } from "#app/posts/post.ts";
import { foldWords } from "#app/sms/fold.ts";
import { minutesFrom, type Conversation } from "../conversation.ts";
import { listLine } from "../say.ts";
import type { Answer, Texter } from "../texter.ts";

const SHOWN = 3;
const MINUTES = 30;
const READ = 60;

/** LIST [group, category or words]: three open needs that fit them best, numbered; MORE for the next three. */
export async function list(texter: Texter, words: string | null, from = 0): Promise<Answer> {
  const { t } = texter;
  const { posts, more } = await fitting(texter, words, from);
  const { lines, list: shown } = listed(texter, posts, { words, next: from + posts.length });
  if (!lines)
    return { outcome: "list", say: [t("texting.list_none", { words: words ?? "", given: words ? "yes" : "no" })] };
  return {
    outcome: "list",
    say: [t("texting.list", { lines, n: posts.length, more: more ? "yes" : "no" })],
    change: { list: shown, pick: null, held: null },
  };
}

/** The lines of a numbered list, and what the thread remembers of it. */
export function listed({ ctx, t }: Texter, posts: PostView[], { words, next }: { words: string | null; next: number }) {
  const shown = posts.slice(0, SHOWN);
  const remembered: Conversation["list"] = {
    codes: shown.map(({ code }) => code),
    words,
    next,
    until: minutesFrom(ctx.now.getTime(), MINUTES),
  };
  return { lines: shown.map((post, at) => listLine(t, post, at + 1)).join(" "), list: remembered };
}

/**
 * Open needs somebody else wrote, which this person sees and holds no promise on: urgent first, then of their groups, near
 * them, waiting longest.
 */
export async function fitting(
  texter: Texter,
  words: string | null,
  from: number,
): Promise<{ posts: PostView[]; more: boolean }> {
  const { ctx, locale } = texter;
  const [filters, me] = await Promise.all([filtersFor(texter, words), aboutMe(texter)]);
  for (const filter of filters) {
    const { items } = await listPosts(ctx, { kind: "need", status: "open", limit: READ, ...filter }, locale);
    const open = items
      .filter(({ id }) => !me.not.has(id))
      .map((post) => ({ post, rank: rankOf(post, me) }))
      .toSorted((a, b) => b.rank - a.rank);
    const page = open.slice(from, from + SHOWN).map(({ post }) => post);
    if (page.length > 0) return { posts: page, more: open.length > from + SHOWN };
  }
  return { posts: [], more: false };
}

/** What the words may mean, tried in this order: a group, a category, words of a post or its place. */
async function filtersFor({ ctx, locale }: Texter, words: string | null): Promise<BoardFilter[]> {
  const said = foldWords(words ?? "");
  if (!said) return [{}];
  const groups = await listGroups(ctx, locale, "uncounted");
  const is = (name: string) => foldWords(name) === said;
  const group = groups.find(({ slug, name }) => is(slug) || is(name));
  if (group) return [{ group: group.slug }];
  for (const one of groups) {
    const category = one.categories.find(({ slug, name, unit }) => is(slug) || is(name) || is(unit));
    if (category) return [{ group: one.slug, category: category.slug }, { q: words }];
  }
  return [{ q: words }];
}

type Me = { lat: number | null; lng: number | null; groups: Set<string>; not: Set<string> };

async function aboutMe({ ctx }: Texter): Promise<Me> {
  const [row] = await ctx.db.sql<{ lat: number | null; lng: number | null; groups: string[]; not: string[] }[]>`
    select p.lat, p.lng,
      array(select g.slug from memberships m join groups g on g.id = m.group_id
        where m.person_id = p.id and m.state = 'active') as groups,
      array(select id from posts where author_id = p.id and status = 'open'
        union select post_id from claims where person_id = p.id and status in ('promised', 'on_the_way')) as not
    from people p where p.id = ${ctx.person.id}::uuid`;
  return {
    lat: row?.lat ?? null,
    lng: row?.lng ?? null,
    groups: new Set(row?.groups ?? []),
    not: new Set(row?.not ?? []),
  };
}

const URGENCY = { urgent: 4, soon: 1, normal: 0 } as const;

function rankOf(post: PostView, me: Me): number {
  const away = distanceKm(me, post);
  const near = away === null ? 0 : 3 - Math.min(3, away / 3);
  return URGENCY[post.urgency] + (me.groups.has(post.group.slug) ? 3 : 0) + near;
}
