import { createHash } from "node:crypto";
import postgres from "postgres";
import type { Ctx } from "#app/core/ctx.ts";
import { hashToken, newCode } from "#app/core/ids.server.ts";
import { homeZone } from "#app/core/time-zone.ts";
import { isLocale, type Locale } from "#app/i18n/locales.ts";
import { expiryOf, lastsOf } from "#app/posts/expiry.server.ts";
import { manageToken } from "#app/posts/manage-token.server.ts";
import { snapToGrid } from "#app/posts/post.ts";
import type { ImportedPost } from "./import.ts";

const PORTION = 250;
/** Longer than usual: so many come at once that short ones would meet too often. */
const CODE_LENGTH = 5;

type Running = {
  id: string;
  group_id: string;
  person_id: string;
  locale: string;
  content_sealed: string;
  done: number;
  good: number;
  created_at: Date;
};

/**
 * Writes a portion of each list that is being brought in. A post's id is made from its import and its line, so that a portion
 * written twice is there once. Nobody is told and nobody is asked: what comes out of a drawer is no news to its authors, and
 * the coordinators choose what to ask people for. Nor does a category's usual time end what the file has no end for: an old list
 * would be over by tonight, and what was exported would not come back as it was.
 *
 * Safe to repeat and to run in several workers. @returns how many posts are new.
 */
export async function runImports(ctx: Ctx): Promise<number> {
  const running = await ctx.db.sql<Running[]>`
    select i.id, i.group_id, i.person_id, p.locale, i.content_sealed, i.done, i.good, i.created_at
    from imports i join people p on p.id = i.person_id where i.state = 'running' order by i.created_at limit 3`;
  let written = 0;
  for (const one of running) written += await writePortions(ctx, one);
  return written;
}

/** A turn of the worker should not take longer. */
const PORTIONS = 8;

async function writePortions(ctx: Ctx, running: Running): Promise<number> {
  const content = ctx.seal.read(running.content_sealed, {
    table: "imports",
    column: "content_sealed",
    row: running.id,
  });
  if (content === null) return 0;
  const posts = JSON.parse(content) as ImportedPost[];
  let written = 0;
  for (let turn = 0; turn < PORTIONS; turn++) {
    const from = running.done + turn * PORTION;
    const portion = posts.slice(from, from + PORTION);
    written += await writePortion(ctx, running, portion, Math.min(posts.length, from + PORTION));
    if (from + PORTION >= posts.length) break;
  }
  return written;
}

async function writePortion(ctx: Ctx, running: Running, portion: ImportedPost[], until: number): Promise<number> {
  for (let tries = 0; ; tries++) {
    try {
      return await insertPortion(ctx, running, await rowsOf(ctx, running, portion), until);
    } catch (error) {
      const taken = error instanceof postgres.PostgresError && error.constraint_name === "posts_code_unique";
      if (!taken || tries === 5) throw error;
    }
  }
}

/** The same id for the same line of the same import (UUID version 8, RFC 9562 §5.8). */
function idOf(importId: string, line: number, what: "post" | "person"): string {
  const hex = createHash("sha256").update(`${importId} ${line} ${what}`).digest("hex");
  const variant = ((parseInt(hex[16]!, 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

type Rows = Awaited<ReturnType<typeof rowsOf>>;

async function rowsOf(ctx: Ctx, { id: importId, locale: theirs }: Running, portion: ImportedPost[]) {
  const codes = await freeCodes(ctx, portion.length);
  const usual: Locale = isLocale(theirs) ? theirs : "en";
  const people = new Map<string, Record<string, string | null>>();
  const posts = portion.map((post, at) => {
    const id = idOf(importId, post.line, "post");
    const person = idOf(importId, post.line, "person");
    const lookup = post.phone && ctx.seal.lookup("phone", post.phone);
    const sealed = (words: string | null, column: string) =>
      words && ctx.seal.seal(words, { table: "posts", column, row: id });
    const own = (words: string | null, column: string) =>
      words && ctx.seal.seal(words, { table: "people", column, row: person });
    if (!people.has(lookup ?? person))
      people.set(lookup ?? person, {
        id: person,
        name_sealed: own(post.name, "name_sealed"),
        phone_sealed: own(post.phone, "phone_sealed"),
        phone_lookup: lookup,
        email_sealed: own(post.email, "email_sealed"),
        locale: post.locale ?? usual,
      });
    const { line: _line, name, phone: _phone, email: _email, address, privateNote, lat, lng, ...plain } = post;
    return {
      ...plain,
      id,
      code: codes[at]!,
      person,
      lookup,
      locale: post.locale ?? usual,
      ...(lat === null || lng === null ? { lat: null, lng: null } : snapToGrid({ lat, lng })),
      address: sealed(address, "address_sealed"),
      note: sealed(privateNote, "note_sealed"),
      name: sealed(name, "contact_name_sealed"),
      manageHash: hashToken(manageToken(ctx.seal, id)),
    };
  });
  return { people: [...people.values()], posts };
}

/** Codes nobody has yet; somebody else may take one until they are written. */
async function freeCodes({ db: { sql } }: Ctx, count: number): Promise<string[]> {
  const wanted = new Set<string>();
  while (wanted.size < count) {
    while (wanted.size < count) wanted.add(newCode(CODE_LENGTH));
    for (const { code } of await sql<
      { code: string }[]
    >`select code from posts where code = any(${[...wanted]}::text[])`)
      wanted.delete(code);
  }
  return [...wanted];
}

/** The portion, and how far the import has come, in one statement; the last one forgets the words of the file. */
async function insertPortion(ctx: Ctx, running: Running, { people, posts }: Rows, until: number): Promise<number> {
  const { sql } = ctx.db;
  const windowEnd = sql`r."windowEnd"`;
  const made = await sql`
    with here as (
      select id, group_id, person_id, created_at from imports where id = ${running.id}::uuid and state = 'running' for update
    ), people_given as (
      select r.*, here.created_at from here, jsonb_to_recordset(${sql.json(people as never)}) r
        (id uuid, name_sealed text, phone_sealed text, phone_lookup text, email_sealed text, locale text)
    ), called as (
      insert into people (id, name_sealed, phone_sealed, phone_lookup, email_sealed, locale, time_zone, created_at)
      select id, name_sealed, phone_sealed, phone_lookup, email_sealed, locale, ${homeZone()}, created_at
      from people_given where phone_lookup is not null
      on conflict (phone_lookup) do update set phone_lookup = excluded.phone_lookup returning id, phone_lookup
    ), unreached as (
      insert into people (id, name_sealed, email_sealed, locale, time_zone, created_at)
      select id, name_sealed, email_sealed, locale, ${homeZone()}, created_at from people_given where phone_lookup is null
      on conflict (id) do nothing
    ), made as (
      insert into posts (id, code, kind, group_id, category_id, author_id, title, details, quantity, remaining, urgency, window_start,
        window_end, place, lat, lng, address_sealed, note_sealed, contact_name_sealed, visibility, languages, answers, locale, status,
        expires_at, manage_hash, entered_by, import_id, created_at, updated_at)
      select r.id, r.code, r.kind, here.group_id, r."categoryId", coalesce(called.id, r.person), r.title, r.details, r.quantity, r.quantity,
        r.urgency, r."windowStart", r."windowEnd", r.place, coalesce(r.lat, known.lat), coalesce(r.lng, known.lng), r.address, r.note, r.name,
        r.visibility, r.languages, r.answers, r.locale, 'open',
        ${expiryOf(ctx, { kind: sql`r.kind`, lasts: lastsOf(ctx, sql`r."categoryId"`), windowEnd })},
        r."manageHash", here.person_id, here.id, coalesce(r."createdAt", ${ctx.now}::timestamptz), ${ctx.now}::timestamptz
      from here, jsonb_to_recordset(${sql.json(posts as never)}) r (id uuid, code text, kind text, "categoryId" uuid, person uuid, lookup text,
          title text, details text, quantity int, urgency text, "windowStart" timestamptz, "windowEnd" timestamptz, place text,
          lat float8, lng float8, address text, note text, name text, visibility text, languages text[], answers jsonb, locale text,
          "manageHash" text, "createdAt" timestamptz)
        left join called on called.phone_lookup = r.lookup
        left join places known on r.lat is null and fold(known.name) = fold(r.place)
      on conflict (id) do nothing returning id
    ), moved as (
      update imports i set done = greatest(i.done, ${until}::int), updated_at = ${ctx.now}::timestamptz,
        state = case when ${until}::int >= i.good then 'done' else i.state end,
        content_sealed = case when ${until}::int >= i.good then null else i.content_sealed end
      from here where i.id = here.id
    )
    select id from made`;
  return made.length;
}
