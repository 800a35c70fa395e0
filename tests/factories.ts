import { randomInt } from "node:crypto";
import type { Ctx, PersonCtx, SignedIn } from "#app/core/ctx.ts";
import { newId } from "#app/core/ids.server.ts";
import type { CategoryField } from "#app/groups/category-field.ts";
import type { Visibility, Joining, Role } from "#app/groups/group.ts";
import type { Locale, Translations } from "#app/i18n/locales.ts";
import { findSignedIn } from "#app/people/find-session.server.ts";
import { publishPost, type NewPost, type Published } from "#app/posts/publish-post.server.ts";

/** Rows for tests. Every test makes its own, with values nobody else uses, so that tests can run side by side. */

/** A fictional number (area code 555) that no other test has: `+1555…`. */
export const aPhone = (): string => `+1555${String(nextPhone++ % 10_000_000).padStart(7, "0")}`;
let nextPhone = randomInt(10_000_000);

export type MadePerson = { id: string; phone: string; phoneLookup: string; name: string };

type PersonGiven = Partial<{
  name: string | null;
  phone: string;
  locale: Locale;
  isAdmin: boolean;
  verifiedAt: Date | null;
  timeZone: string;
  quietFrom: number;
  quietTo: number;
  monthlyCap: number | null;
  languages: string[];
  lat: number;
  lng: number;
  urgentAtNight: boolean;
  pausedUntil: Date;
  /** Known to who runs the installation, so that a promise opens an address to them; false: somebody nobody knows yet. */
  accepted: boolean;
}>;

/** A person who has proved their number and is known here; quiet hours are off unless given, so that tests pass at night. */
export async function aPerson(ctx: Ctx, given: PersonGiven = {}): Promise<MadePerson> {
  const id = newId(ctx.now);
  const phone = given.phone ?? aPhone();
  const name = given.name === undefined ? `Person ${id.slice(-4)}` : given.name;
  const phoneLookup = ctx.seal.lookup("phone", phone);
  await ctx.db.sql`
    insert into people (id, name_sealed, phone_sealed, phone_lookup, locale, is_admin, verified_at, time_zone, quiet_from, quiet_to, monthly_cap,
      languages, lat, lng, urgent_at_night, paused_until, vouched_at, created_at)
    values (
      ${id}::uuid,
      ${name === null ? null : ctx.seal.seal(name, { table: "people", column: "name_sealed", row: id })}::text,
      ${ctx.seal.seal(phone, { table: "people", column: "phone_sealed", row: id })},
      ${phoneLookup}, ${given.locale ?? "en"}, ${given.isAdmin ?? false},
      ${given.verifiedAt === undefined ? ctx.now : given.verifiedAt}::timestamptz,
      ${given.timeZone ?? "America/New_York"}, ${given.quietFrom ?? 0}::smallint, ${given.quietTo ?? 0}::smallint,
      ${given.monthlyCap ?? null}::smallint, ${given.languages ?? []}::text[], ${given.lat ?? null}::float8,
      ${given.lng ?? null}::float8, ${given.urgentAtNight ?? false}, ${given.pausedUntil ?? null}::timestamptz,
      ${given.accepted === false ? null : ctx.now}::timestamptz, ${ctx.now}::timestamptz
    )`;
  return { id, phone, phoneLookup, name: name ?? "" };
}

export type MadeGroup = { id: string; slug: string; name: string };

type GroupGiven = Partial<{
  slug: string;
  name: string;
  blurb: string;
  joining: Joining;
  moderates: boolean;
  translations: Translations;
}>;

export async function aGroup(ctx: Ctx, given: GroupGiven = {}): Promise<MadeGroup> {
  const id = newId(ctx.now);
  const slug = given.slug ?? `group-${id.slice(-12)}`;
  const name = given.name ?? `Group ${id.slice(-4)}`;
  await ctx.db.sql`
    insert into groups (id, slug, name, blurb, joining, moderates, translations, created_at)
    values (${id}::uuid, ${slug}, ${name}, ${given.blurb ?? "A group of a test."}, ${given.joining ?? "open"},
      ${given.moderates ?? false}, ${ctx.db.sql.json(given.translations ?? {})}, ${ctx.now}::timestamptz)`;
  return { id, slug, name };
}

/** A field of a category: `key: ["one", "two"]`, which has to be met and may have several answers unless given. */
export const aField = (key: string, options: string[], given: Partial<CategoryField> = {}): CategoryField => ({
  key,
  label: `Label of ${key}`,
  translations: {},
  weighs: "must",
  several: true,
  options: options.map((option) => ({ key: option, label: `Label of ${option}`, translations: {} })),
  ...given,
});

export type MadeCategory = { id: string; slug: string; groupId: string };

type CategoryGiven = Partial<{
  slug: string;
  name: string;
  unit: string;
  unitOne: string;
  expiryHours: number;
  defaultVisibility: Visibility;
  translations: Translations;
  fields: CategoryField[];
}>;

export async function aCategory(ctx: Ctx, groupId: string, given: CategoryGiven = {}): Promise<MadeCategory> {
  const id = newId(ctx.now);
  const slug = given.slug ?? `category-${id.slice(-12)}`;
  await ctx.db.sql`
    insert into categories (id, group_id, slug, name, unit, unit_one, expiry_hours, default_visibility, translations, fields)
    values (${id}::uuid, ${groupId}::uuid, ${slug}, ${given.name ?? "Hot meals"}, ${given.unit ?? "meals"},
      ${given.unitOne ?? "meal"}, ${given.expiryHours ?? 336}::int, ${given.defaultVisibility ?? "everyone"},
      ${ctx.db.sql.json(given.translations ?? {})}, ${ctx.db.sql.json(given.fields ?? [])})`;
  return { id, slug, groupId };
}

type MemberGiven = PersonGiven &
  Partial<{
    personId: string;
    role: Role;
    state: "asked" | "active" | "left";
    alerts: boolean;
    hearsClaims: boolean;
    categoryIds: string[];
  }>;

/** Somebody in a group: `personId` when they exist already, else a new person. */
export async function aMember(ctx: Ctx, groupId: string, given: MemberGiven = {}): Promise<MadePerson> {
  const person = given.personId
    ? { id: given.personId, phone: "", phoneLookup: "", name: "" }
    : await aPerson(ctx, given);
  await ctx.db.sql`
    insert into memberships (person_id, group_id, role, state, alerts, hears_claims, category_ids, created_at)
    values (${person.id}::uuid, ${groupId}::uuid, ${given.role ?? "volunteer"}, ${given.state ?? "active"},
      ${given.alerts ?? true}, ${given.hearsClaims ?? false}, ${given.categoryIds ?? []}::uuid[], ${ctx.now}::timestamptz)`;
  return person;
}

/** The same context with this person signed in, roles as the database has them now. */
export async function signedInAs(ctx: Ctx, person: { id: string }): Promise<PersonCtx> {
  const signedIn: SignedIn | null = await findSignedIn(ctx.db, person.id);
  if (!signedIn) throw new Error("there is no such person");
  return { ...ctx, person: signedIn };
}

export type MadePost = Published & { groupId: string; authorId: string };

/** What somebody might post: a need of 1 for everybody, without any contact, unless given. */
export const aNewPost = (given: Partial<NewPost> & { groupId: string }): NewPost => ({
  kind: "need",
  categoryId: null,
  title: "Soup for tonight",
  details: null,
  quantity: 1,
  urgency: "normal",
  windowStart: null,
  windowEnd: null,
  place: null,
  lat: null,
  lng: null,
  address: null,
  privateNote: null,
  visibility: "everyone",
  languages: [],
  locale: "en",
  contact: { name: null, phone: null, email: null },
  submitKey: null,
  ...given,
});

/** A published post of a group, as `aNewPost`. Without `authorId` somebody new wrote it. */
export async function aPost(
  ctx: Ctx,
  { authorId, ...given }: Partial<NewPost> & { groupId: string; authorId?: string },
): Promise<MadePost> {
  const person = authorId ? await findSignedIn(ctx.db, authorId) : null;
  // Tests write many posts of one person; those about being new here call the verb themselves.
  const published = await publishPost({ ...ctx, person, rateLimits: false }, aNewPost(given));
  const [row] = await ctx.db.sql<{ author_id: string }[]>`
    select author_id from posts where id = ${published.id}::uuid`;
  return { ...published, groupId: given.groupId, authorId: row!.author_id };
}
