import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { homeZone } from "#app/core/time-zone.ts";
import type { CategoryField } from "#app/groups/category-field.ts";
import type { Translations } from "#app/i18n/locales.ts";
import type { Visibility } from "#app/posts/post.ts";
import { checkTable, type Checked, type KnownPost } from "./check-table.ts";
import type { GroupFacts, Reading } from "./import.ts";
import { getImport, readContent, reportOf, sealContent, type Import } from "./imports.server.ts";
import type { Table } from "./read-table.ts";

/**
 * A dry run: reads every line as `reading` says and keeps what is wrong with which. Nothing is brought in. May be repeated with
 * another reading until the import is begun.
 *
 * @throws Problem `not-found`, also once it was begun.
 */
export async function checkImport(ctx: PersonCtx, id: string, reading: Reading): Promise<Checked> {
  const found = await getImport(ctx, id);
  const table = await readContent(ctx, id);
  const checked = checkTable(table, await factsOf(ctx, found, reading));
  const report = ctx.seal.seal(JSON.stringify({ header: table.header, bad: checked.bad }), reportOf(id));
  const { sql } = ctx.db;
  const [kept] = await sql`
    update imports set state = 'checked', mapping = ${sql.json(reading as never)}, report_sealed = ${report},
      good = ${checked.good.length}, bad = ${checked.bad.length}, updated_at = ${ctx.now}::timestamptz
    where id = ${id}::uuid and state in ('mapping', 'checked') returning id`;
  if (!kept) throw new Problem("not-found");
  return checked;
}

/** The first good lines of a checked import, to be looked at. */
export async function previewImport(ctx: PersonCtx, found: Import): Promise<Checked["good"]> {
  const table: Table = await readContent(ctx, found.id);
  return checkTable({ ...table, rows: table.rows.slice(0, 60) }, await factsOf(ctx, found, found.reading)).good.slice(
    0,
    10,
  );
}

/**
 * Lets the worker bring the good lines in. They are read once more, so that nothing comes in twice which is on the board by now.
 *
 * @throws Problem `wrong-step` unless it was checked, `not-found`.
 */
export async function beginImport(ctx: PersonCtx, id: string): Promise<void> {
  const found = await getImport(ctx, id);
  if (found.state !== "checked") throw new Problem("wrong-step");
  const table = await readContent(ctx, id);
  const { good, bad } = checkTable(table, await factsOf(ctx, found, found.reading));
  const report = ctx.seal.seal(JSON.stringify({ header: table.header, bad }), reportOf(id));
  const { sql } = ctx.db;
  const [begun] = await sql`
    with begun as (
      update imports set state = 'running', content_sealed = ${sealContent(ctx, id, good)}, report_sealed = ${report},
        good = ${good.length}, bad = ${bad.length}, done = 0, updated_at = ${ctx.now}::timestamptz
      where id = ${id}::uuid and state = 'checked' returning id, group_id, good
    )
    insert into events (type, group_id, actor_id, data, at)
    select 'posts.imported', group_id, ${ctx.person.id}::uuid, jsonb_build_object('posts', good), ${ctx.now}::timestamptz
    from begun returning id`;
  if (!begun) throw new Problem("wrong-step");
}

/**
 * Has the worker take an import back: every post of it that nobody has done anything with since.
 *
 * @throws Problem `wrong-step` unless it is done, `not-found`.
 */
export async function undoImport(ctx: PersonCtx, id: string): Promise<void> {
  await getImport(ctx, id);
  const [begun] = await ctx.db.sql`
    with begun as (
      update imports set state = 'undoing', done = 0, updated_at = ${ctx.now}::timestamptz
      where id = ${id}::uuid and state = 'done' returning group_id, good
    )
    insert into events (type, group_id, actor_id, data, at)
    select 'posts.import_undone', group_id, ${ctx.person.id}::uuid, jsonb_build_object('posts', good), ${ctx.now}::timestamptz
    from begun returning id`;
  if (!begun) throw new Problem("wrong-step");
}

/** Throws an import away that was not begun. Safe to repeat. @throws Problem `not-found`. */
export async function dropImport(ctx: PersonCtx, id: string): Promise<void> {
  await getImport(ctx, id);
  await ctx.db.sql`delete from imports where id = ${id}::uuid and state in ('mapping', 'checked')`;
}

async function factsOf(ctx: PersonCtx, { groupId }: Import, reading: Reading) {
  const [group, known] = await Promise.all([groupFacts(ctx, groupId), knownPosts(ctx, groupId)]);
  const whoOf = (phone: string) => ctx.seal.lookup("phone", phone);
  return { reading, group, known, whoOf, now: ctx.now, zone: homeZone() };
}

type Named = { slug: string; name: string; translations: Translations };
const namesOf = ({ slug, name, translations }: Named): string[] => [
  name,
  slug,
  slug.replaceAll("-", " "),
  ...Object.values(translations).flatMap((words) => (words?.["name"] ? [words["name"]] : [])),
];

async function groupFacts({ db: { sql } }: PersonCtx, groupId: string): Promise<GroupFacts> {
  type Category = Named & { id: string; default_visibility: Visibility; fields: CategoryField[] };
  const [[group], categories] = await Promise.all([
    sql<Named[]>`select slug, name, translations from groups where id = ${groupId}::uuid`,
    sql<Category[]>`
      select id, slug, name, translations, default_visibility, fields from categories
      where group_id = ${groupId}::uuid and archived_at is null order by position`,
  ]);
  return {
    names: group ? namesOf(group) : [],
    categories: categories.map((category) => ({
      id: category.id,
      names: namesOf(category),
      defaultVisibility: category.default_visibility,
      fields: category.fields,
    })),
  };
}

const knownPosts = ({ db: { sql } }: PersonCtx, groupId: string) => sql<KnownPost[]>`
  select p.code, p.kind, p.title, a.phone_lookup as who, p.place from posts p join people a on a.id = p.author_id
  where p.group_id = ${groupId}::uuid and p.status <> 'closed'`;
