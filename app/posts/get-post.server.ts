import type { Ctx } from "#app/core/ctx.ts";
import { hashToken } from "#app/core/ids.server.ts";
import { can } from "#app/groups/membership.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { mayBeSeen, postColumns, toView, type PostRow } from "#app/posts/post-rows.server.ts";
import { plainCode, type PostView } from "#app/posts/post.ts";
import { isKept, isTrusted } from "#app/posts/reach.server.ts";

/**
 * The post with this code, or `null` when there is none or the asker may not see it (nobody learns which).
 * People who hold a live or kept promise on a post keep seeing it.
 */
export async function getPost(ctx: Ctx, code: string, locale: Locale): Promise<PostView | null> {
  const { sql } = ctx.db;
  const [row] = await sql<PostRow[]>`
    select ${postColumns(ctx, keeps(ctx))}
      from posts p join groups g on g.id = p.group_id left join categories c on c.id = p.category_id
     where p.code = ${plainCode(code)} and (${mayBeSeen(ctx)} or ${hasPromised(ctx)})`;
  return row ? toView(row, locale) : null;
}

/** Whether the asker holds a live or kept promise on a post `p`, as a condition. */
export const hasPromised = (ctx: Ctx) =>
  ctx.person
    ? ctx.db.sql`exists (select 1 from claims where post_id = p.id and person_id = ${ctx.person.id}::uuid
        and status in ('promised', 'on_the_way', 'delivered', 'confirmed'))`
    : ctx.db.sql`false`;

/** Whether the asker keeps a promise on a post `p`: so long they may know what has to fit. */
const keeps = (ctx: Ctx) =>
  ctx.db
    .sql`exists (select from claims c where c.post_id = p.id and c.person_id = ${ctx.person?.id ?? null}::uuid and ${isKept(ctx)})`;

/** What the author sees over the private link: the post and the words only they (and those entitled) may read. */
export type ManagedPost = {
  post: PostView;
  groupId: string;
  authorId: string;
  contactName: string | null;
  hasPhone: boolean;
  address: string | null;
  privateNote: string | null;
};

type ManagedRow = PostRow & {
  author_id: string;
  contact_name_sealed: string | null;
  address_sealed: string | null;
  note_sealed: string | null;
  has_phone: boolean;
};

/** The post of a private link, or `null` when no post has this token. Whoever holds the link is the author. */
export async function getManagedPost(ctx: Ctx, token: string, locale: Locale): Promise<ManagedPost | null> {
  const { sql } = ctx.db;
  const [row] = await sql<ManagedRow[]>`
    select ${postColumns(ctx, sql`true`)}, p.author_id, p.contact_name_sealed, p.address_sealed, p.note_sealed,
           a.phone_lookup is not null as has_phone
      from posts p join groups g on g.id = p.group_id left join categories c on c.id = p.category_id
           join people a on a.id = p.author_id
     where p.manage_hash = ${hashToken(token)}`;
  if (!row) return null;
  const open = (sealed: string | null, column: string) =>
    ctx.seal.read(sealed, { table: "posts", column, row: row.id });
  return {
    post: toView(row, locale),
    groupId: row.group_id,
    authorId: row.author_id,
    contactName: open(row.contact_name_sealed, "contact_name_sealed"),
    hasPhone: row.has_phone,
    address: open(row.address_sealed, "address_sealed"),
    privateNote: open(row.note_sealed, "note_sealed"),
  };
}

/** `unknownYet`: they keep a promise on it, but no coordinator has accepted them. */
type Standing = { wrote: boolean; runs: boolean; mayContact: boolean; unknownYet: boolean };

/** How somebody stands to a post they may see: wrote it, runs its group, may open its contact. Nothing is recorded. */
export async function standing(ctx: Ctx, postId: string): Promise<Standing> {
  const { person } = ctx;
  const [row] = person
    ? await ctx.db.sql<{ author_id: string; group_id: string; trusted: boolean | null }[]>`
        select p.author_id, p.group_id, (select bool_or(${isTrusted(ctx)}) from claims c
          where c.post_id = p.id and c.person_id = ${person.id}::uuid and ${isKept(ctx)}) as trusted
        from posts p where p.id = ${postId}::uuid`
    : [];
  if (!person || !row) return { wrote: false, runs: false, mayContact: false, unknownYet: false };
  const about = {
    groupId: row.group_id,
    authorId: row.author_id,
    hasLiveClaim: row.trusted !== null,
    isTrusted: row.trusted === true,
  };
  const mayContact = can(person, "see-contact", about);
  return {
    wrote: row.author_id === person.id,
    runs: can(person, "coordinate", about),
    mayContact,
    unknownYet: about.hasLiveClaim && !mayContact,
  };
}
