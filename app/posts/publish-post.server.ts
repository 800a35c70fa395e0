import postgres from "postgres";
import type { Ctx } from "#app/core/ctx.ts";
import { hashToken, newCode, newId } from "#app/core/ids.server.ts";
import { Problem } from "#app/core/problems.ts";
import type { Spot } from "#app/core/grid.ts";
import { homeZone } from "#app/core/time-zone.ts";
import { isPhoneBlocked } from "#app/people/blocked/is-blocked.server.ts";
import type { FieldAnswers } from "#app/groups/category-field.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { concernsOf } from "#app/posts/concerns.ts";
import { isKnownHere, postsALot, withinFirstPosts } from "#app/posts/trust.server.ts";
import { expiryOf, lastsOf } from "#app/posts/expiry.server.ts";
import { findPlace } from "#app/posts/known-places.server.ts";
import { manageToken } from "#app/posts/manage-token.server.ts";
import { snapToGrid, type PostKind, type PostStatus, type Urgency, type Visibility } from "#app/posts/post.ts";

/** What is published. Texts are trimmed and bounded by `post-input.ts`; times are moments, quantities whole numbers ≥ 1. */
export type NewPost = {
  kind: PostKind;
  groupId: string;
  categoryId: string | null;
  title: string;
  details: string | null;
  quantity: number;
  urgency: Urgency;
  windowStart: Date | null;
  windowEnd: Date | null;
  /** Its author said that there is no hurry; else a need without a time is needed within what its category says. */
  canWait?: boolean;
  place: string | null;
  /** Degrees (WGS 84) as precise as they came; only the middle of their grid cell is stored. Null: where `place` is known to be. */
  lat: number | null;
  lng: number | null;
  address: string | null;
  privateNote: string | null;
  visibility: Visibility;
  languages: string[];
  /** What its category asks beside, checked by `groups/field-answers.ts`; left out: nothing was said. */
  answers?: FieldAnswers | undefined;
  /** The author's language: of the words they wrote and of the texts we send them. */
  locale: Locale;
  /** `discreet`: texts to them are to say nothing of what or where; a form can ask for that, and never undo it. */
  contact: { name: string | null; phone: string | null; email: string | null; discreet?: boolean };
  /** The coordinator who writes it down for somebody who called or came by. */
  enteredBy?: string;
  /** It came past a limit, from a browser that could not prove it is no program: it is read first. */
  unproved?: boolean;
  /** The same key sent again by the same person is the same post: made with the form, so a double tap posts once. */
  submitKey: string | null;
};

export type Published = { id: string; code: string; manageToken: string; status: PostStatus; repeated: boolean };

const CODE_TRIES = 12;

/**
 * Puts a need or an offer on the board, or in review where the group moderates (its coordinators' posts go up at once).
 * Read first are also the fourth post in a day of a number nobody knows here, its links, and whatever comes from a blocked
 * number, which is told no different; `concerns` says why.
 * The author is whoever has the phone number, else who is signed in, else somebody new; a person already known is
 * never renamed by what a form says. One statement inserts person, post and `post.published`.
 *
 * @throws Problem `invalid-input` when the group or the category is not there, `key-reused` when the key came before
 *   with other words.
 */
export async function publishPost(ctx: Ctx, input: NewPost): Promise<Published> {
  const submitKey = input.submitKey && ctx.seal.lookup("request", `${ctx.person?.id ?? ""}|${input.submitKey}`);
  const submitHash = ctx.seal.lookup("request", fingerprint(input));
  const spot = await spotOf(ctx, input);
  let many: boolean | null = null;
  for (let attempt = 0; attempt < CODE_TRIES; attempt++) {
    const earlier = submitKey ? await publishedBefore(ctx, submitKey, submitHash) : null;
    if (earlier) return earlier;
    many ??= !(await withinFirstPosts(ctx, input.contact.phone ?? ctx.person?.id ?? null));
    try {
      return await insertPost(ctx, input, { submitKey, submitHash, spot, many, code: newCode(codeLength(attempt)) });
    } catch (error) {
      if (!isTaken(error)) throw error;
    }
  }
  throw new Problem("too-busy");
}

/** Codes have four letters while most of those are free; each further collision makes a longer one likelier. */
const codeLength = (attempt: number) => 4 + Math.floor(attempt / 3);

/** Another post has this code, or a twin of this very request was quicker: either way the statement undid itself. */
const isTaken = (error: unknown) =>
  error instanceof postgres.PostgresError &&
  error.code === "23505" &&
  (error.constraint_name === "posts_code_unique" || error.constraint_name === "posts_submit_key_unique");

const fingerprint = ({ submitKey: _key, locale: _locale, ...words }: NewPost) => JSON.stringify(words);

async function publishedBefore(ctx: Ctx, submitKey: string, submitHash: string): Promise<Published | null> {
  const [row] = await ctx.db.sql<{ id: string; code: string; status: PostStatus; submit_hash: string }[]>`
    select id, code, status, submit_hash from posts where submit_key = ${submitKey}`;
  if (!row) return null;
  if (row.submit_hash !== submitHash) throw new Problem("key-reused");
  return { id: row.id, code: row.code, status: row.status, manageToken: manageToken(ctx.seal, row.id), repeated: true };
}

type Keys = { submitKey: string | null; submitHash: string; code: string; spot: Spot | null; many: boolean };

/** Where it is on the map: as it was said, or where a place of that name is known to be. */
async function spotOf(ctx: Ctx, { lat, lng, place }: NewPost): Promise<Spot | null> {
  if (lat !== null && lng !== null) return snapToGrid({ lat, lng });
  return place ? findPlace(ctx, place) : null;
}

async function insertPost(ctx: Ctx, input: NewPost, keys: Keys): Promise<Published> {
  const { sql } = ctx.db;
  const id = newId(ctx.now);
  const token = manageToken(ctx.seal, id);
  const author = authorRow(ctx, input);
  const sealed = sealWords(ctx, input, id);
  const trusted = ctx.person?.isAdmin || ctx.person?.roles[input.groupId] === "coordinator" || false;
  const worries = worriesOf(ctx, input, { trusted, many: keys.many });
  const [row] = await sql<{ status: PostStatus }[]>`
    with who as (
      select id, phone_lookup from people where id = ${author.known}::uuid or phone_lookup = ${author.phoneLookup}
    ), place as (
      select g.id as group_id, c.id as category_id, w.concerns,
             g.moderates and not ${trusted}::boolean or w.concerns && ${READ_FIRST}::text[]
               or not w.known and 'link' = any(w.concerns) as waits,
             ${lastsOf(ctx, sql`c.id`)} as lasts,
             coalesce(${input.windowEnd}::timestamptz, case when ${input.kind === "need" && input.windowStart === null && !input.canWait}::boolean
               then ${ctx.now}::timestamptz + make_interval(hours => c.needed_within_hours) end) as window_end
        from groups g left join categories c on c.group_id = g.id and c.id = ${input.categoryId}::uuid
             cross join lateral (${worries}) w
       where g.id = ${input.groupId}::uuid and (c.id is not null or ${input.categoryId}::uuid is null)
    ), made as (
      insert into people as p (id, name_sealed, phone_sealed, phone_lookup, email_sealed, locale, time_zone, discreet, created_at)
      select ${author.id}::uuid, ${author.name}, ${author.phone}, ${author.phoneLookup}, ${author.email},
             ${input.locale}, ${homeZone()}, ${input.contact.discreet ?? false}, ${ctx.now}::timestamptz
        from place where ${author.known}::uuid is null
      on conflict (phone_lookup) do update set discreet = p.discreet or excluded.discreet
      returning id
    ), author as (
      select id from made union all select ${author.known}::uuid where ${author.known}::uuid is not null
    ), post as (
      insert into posts (id, code, kind, group_id, category_id, author_id, title, details, quantity, remaining, urgency,
             window_start, window_end, place, lat, lng, address_sealed, note_sealed, contact_name_sealed, visibility,
             languages, answers, locale, status, unapproved, concerns, expires_at, manage_hash, submit_key, submit_hash, entered_by, created_at, updated_at)
      select ${id}::uuid, ${keys.code}, ${input.kind}, place.group_id, place.category_id, author.id, ${input.title},
             ${input.details}, ${input.quantity}::int, ${input.quantity}::int, ${input.urgency},
             ${input.windowStart}::timestamptz, place.window_end, ${input.place},
             ${keys.spot?.lat ?? null}::float8, ${keys.spot?.lng ?? null}::float8, ${sealed.address}, ${sealed.note},
             ${sealed.name}, ${input.visibility}, ${input.languages}::text[], ${sql.json(input.answers ?? {})}, ${input.locale},
             case when place.waits then 'in_review' else 'open' end, place.waits,
             place.concerns,
             ${expiryOf(ctx, { kind: sql`${input.kind}`, lasts: sql`place.lasts`, windowEnd: sql`place.window_end` })},
             ${hashToken(token)}, ${keys.submitKey}, ${keys.submitHash}, ${input.enteredBy ?? null}::uuid, ${ctx.now}::timestamptz, ${ctx.now}::timestamptz
        from place, author
      returning id, group_id, status, quantity
    ), happened as (
      insert into events (type, group_id, post_id, actor_id, data, at)
      select 'post.published', group_id, id, ${ctx.person?.id ?? null}::uuid, jsonb_build_object('quantity', quantity),
             ${ctx.now}::timestamptz
        from post
    ), spoken as (
      insert into first_words (post_id, at)
      select id, ${ctx.now}::timestamptz from post where ${input.enteredBy ?? null}::uuid is not null
    )
    select status from post`;
  if (!row) throw new Problem("invalid-input", { field: "group" });
  return { id, code: keys.code, status: row.status, manageToken: token, repeated: false };
}

/** What keeps a post off the board until somebody read it; the rest only asks to be looked at. */
const READ_FIRST = ["blocked", "new_number", "unproved"];

/** The `concerns` of a new post of group `g`, and whether who sends it is `known`: a link is worth a wait only where not. */
function worriesOf(ctx: Ctx, input: NewPost, { trusted, many }: { trusted: boolean; many: boolean }) {
  const { sql } = ctx.db;
  if (trusted) return sql`select '{}'::text[] as concerns, true as known`;
  return sql`
    select k.known, array_remove(array[
        case when exists (select from who where ${isPhoneBlocked(ctx, sql`who.phone_lookup`, sql`g.id`)}) then 'blocked' end,
        case when not k.known and (${many}::boolean or exists (select from who where ${postsALot(ctx, sql`who.id`)}))
          then 'new_number' end,
        case when ${input.unproved ?? false}::boolean then 'unproved' end
      ], null) || ${concernsOf(input.title, input.details, input.place)}::text[] as concerns
    from (select ${isKnownHere(ctx)} as known) k`;
}

/** The row for somebody new, or `known` when it is the person who is signed in. */
function authorRow(ctx: Ctx, { contact }: NewPost) {
  const id = newId(ctx.now);
  const at = (column: string) => ({ table: "people", column, row: id });
  const sealed = (words: string | null, column: string) => words && ctx.seal.seal(words, at(column));
  return {
    id,
    known: contact.phone ? null : (ctx.person?.id ?? null),
    name: sealed(contact.name, "name_sealed"),
    phone: sealed(contact.phone, "phone_sealed"),
    phoneLookup: contact.phone && ctx.seal.lookup("phone", contact.phone),
    email: sealed(contact.email, "email_sealed"),
  };
}

function sealWords(ctx: Ctx, input: NewPost, id: string) {
  const sealed = (words: string | null, column: string) =>
    words && ctx.seal.seal(words, { table: "posts", column, row: id });
  return {
    address: sealed(input.address, "address_sealed"),
    note: sealed(input.privateNote, "note_sealed"),
    name: sealed(input.contact.name, "contact_name_sealed"),
  };
}
