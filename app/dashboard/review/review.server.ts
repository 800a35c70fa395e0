import type { PersonCtx } from "#app/core/ctx.ts";
import { inLocale, type Locale, type Translations } from "#app/i18n/locales.ts";
import { CONCERNS, type Concern } from "#app/posts/concerns.ts";
import type { PostKind } from "#app/posts/post.ts";
import type { GroupInView } from "../scope.server.ts";

/** A post that a coordinator should look at. */
export type ReviewedPost = {
  code: string;
  kind: PostKind;
  title: string;
  details: string | null;
  place: string | null;
  group: string;
  /** Nobody else sees it before a coordinator lets it up. */
  waits: boolean;
  concerns: Concern[];
  /** Unix milliseconds. */
  at: number;
  revision: number;
  /** How many posts its author has written in the last day, this one too. */
  lately: number;
  /** Its author has a number that can be blocked. */
  blockable: boolean;
};

/** Somebody whose number is blocked; `scope` is a group's id or `all`. */
export type BlockedNumber = { personId: string; name: string | null; scope: string; group: string | null; at: number };

const MOST = 100;

type PostRow = Omit<ReviewedPost, "at" | "group"> & { at: Date; group_name: string; translations: Translations };

/** What waits for a coordinator of these groups: first what nobody sees until then, what comes from blocked numbers last. */
export async function listReview(ctx: PersonCtx, groups: GroupInView[], locale: Locale): Promise<ReviewedPost[]> {
  const rows = await ctx.db.sql<PostRow[]>`
    select p.code, p.kind, p.title, p.details, p.place, p.status = 'in_review' as waits, p.concerns, p.created_at as at,
      p.revision, g.name as group_name, g.translations,
      (select count(*)::int from posts l where l.author_id = p.author_id
        and l.created_at > ${ctx.now}::timestamptz - interval '24 hours') as lately,
      a.phone_lookup is not null and a.id <> ${ctx.person.id}::uuid as blockable
    from posts p join groups g on g.id = p.group_id join people a on a.id = p.author_id
    where p.group_id = any(${groups.map(({ id }) => id)}::uuid[]) and p.status <> 'closed'
      and (p.status = 'in_review' or p.concerns <> '{}')
    order by 'blocked' = any(p.concerns), p.status = 'in_review' desc, p.created_at, p.id limit ${MOST}`;
  return rows.map(({ group_name: name, translations, at, concerns, ...post }) => ({
    ...post,
    group: inLocale({ name, translations }, "name", locale),
    at: at.getTime(),
    concerns: CONCERNS.filter((one) => concerns.includes(one)),
  }));
}

/** The numbers blocked in these groups, and for admins everywhere, newest first. A number whose person is gone has no row here. */
export async function listBlocked(ctx: PersonCtx, groups: GroupInView[]): Promise<BlockedNumber[]> {
  const scopes = [...groups.map(({ id }) => id), ...(ctx.person.isAdmin ? ["all"] : [])];
  const rows = await ctx.db.sql<{ id: string; name_sealed: string | null; scope: string; at: Date }[]>`
    select p.id, p.name_sealed, b.scope, b.created_at as at
    from blocked_phones b join people p on p.phone_lookup = b.phone_lookup
    where b.scope = any(${scopes}::text[]) order by b.created_at desc limit ${MOST}`;
  return rows.map(({ id, name_sealed: sealed, scope, at }) => ({
    personId: id,
    name: sealed && ctx.seal.open(sealed, { table: "people", column: "name_sealed", row: id }),
    scope,
    group: groups.find((group) => group.id === scope)?.name ?? null,
    at: at.getTime(),
  }));
}
