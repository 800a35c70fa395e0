import type { Ctx } from "../../app/core/ctx.ts";
import { snapToGrid } from "#app/core/grid.ts";
import { homeZone } from "#app/core/time-zone.ts";
import { newId } from "../../app/core/ids.server.ts";
import { FIELDS, FITS } from "./fields.ts";
import { GROUPS } from "./groups.ts";
import { OPEN_POSTS } from "./open-posts.ts";
import { PAST_POSTS } from "./past-posts.ts";
import { demoPhone, HABITS, membershipsOf, PEOPLE } from "./people.ts";
import { PLACES } from "./places.ts";
import { strangerRows } from "./strangers.server.ts";
import { storyOf, type Story } from "./story.server.ts";

const DAY = 86_400_000;

/** Ids of the demo by their keys: people by `key`, groups by slug, categories by `group/slug`. */
export type Ids = { people: Map<string, string>; groups: Map<string, string>; categories: Map<string, string> };

/** Every row of the demo, ready for `jsonb_populate_recordset`; moments are ISO strings, names and numbers sealed. */
export function rowsOf(ctx: Ctx) {
  const arrived = new Date(ctx.now.getTime() - 40 * DAY);
  const ids: Ids = {
    people: new Map(PEOPLE.map(({ key }, position) => [key, newId(new Date(arrived.getTime() + position))])),
    groups: new Map(GROUPS.map(({ slug }) => [slug, newId(arrived)])),
    categories: new Map(
      GROUPS.flatMap((group) => group.categories.map(({ slug }) => [`${group.slug}/${slug}`, newId(arrived)])),
    ),
  };
  const codes = new Set<string>();
  const stories: Story[] = [...PAST_POSTS, ...OPEN_POSTS].map((spec) => storyOf(ctx, spec, ids, codes));
  return {
    people: peopleRows(ctx, ids, arrived),
    ...groupRows(ids, arrived),
    ...strangerRows(ctx),
    memberships: membershipRows(ids, arrived),
    posts: stories.map(({ post }) => post),
    places: Object.values(PLACES).map(({ name, ...spot }) => ({
      id: newId(arrived),
      name,
      ...snapToGrid(spot),
      created_at: arrived,
    })),
    claims: stories.flatMap(({ claims }) => claims),
    events: stories.flatMap(({ events }) => events).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
  };
}

const peopleRows = (ctx: Ctx, ids: Ids, at: Date) =>
  PEOPLE.map((person, position) => {
    const id = ids.people.get(person.key)!;
    const phone = demoPhone(position);
    return {
      id,
      name_sealed: ctx.seal.seal(person.name, { table: "people", column: "name_sealed", row: id }),
      phone_sealed: ctx.seal.seal(phone, { table: "people", column: "phone_sealed", row: id }),
      phone_lookup: ctx.seal.lookup("phone", phone),
      locale: person.locale,
      time_zone: homeZone(),
      // Nobody in the demo sleeps: whoever tries it at night still sees the texts come.
      quiet_from: 0,
      quiet_to: 0,
      languages: HABITS[person.key]?.speaks ?? [],
      ...areaOf(person.key),
      urgent_at_night: HABITS[person.key]?.urgentAtNight ?? false,
      is_admin: person.isAdmin ?? false,
      verified_at: at,
      created_at: at,
    };
  });

function areaOf(key: string) {
  const habits = HABITS[key];
  return habits ? snapToGrid(PLACES[habits.area]) : { lat: null, lng: null };
}

function groupRows(ids: Ids, created_at: Date) {
  const groups = GROUPS.map(({ slug, name, blurb, translations, joining }, position) => ({
    id: ids.groups.get(slug),
    slug,
    name,
    blurb,
    translations,
    joining,
    moderates: false,
    learns: true,
    retention_days: 30,
    keywords: [],
    position,
    created_at,
  }));
  const categories = GROUPS.flatMap((group) =>
    group.categories.map(
      ({ slug, words: [name, unit, unit_one], translations, expiryHours, visibility }, position) => ({
        id: ids.categories.get(`${group.slug}/${slug}`),
        group_id: ids.groups.get(group.slug),
        slug,
        name,
        unit,
        unit_one,
        translations,
        expiry_hours: expiryHours,
        default_visibility: visibility,
        fields: FIELDS[`${group.slug}/${slug}`] ?? [],
        position,
      }),
    ),
  );
  const fits = FITS.map(([need, offer, fit]) => ({
    need_category_id: ids.categories.get(need),
    offer_category_id: ids.categories.get(offer),
    fit,
  }));
  return { groups, categories, fits };
}

/** They joined open groups by themselves, and no coordinator has met them yet. */
const JUST_JOINED = ["paolo", "cruz", "kofi"];

const membershipRows = (ids: Ids, created_at: Date) =>
  PEOPLE.flatMap((person) =>
    membershipsOf(person.groups).map(({ slug, role, state, hearsClaims }) => ({
      person_id: ids.people.get(person.key),
      group_id: ids.groups.get(slug),
      role,
      state,
      alerts: true,
      hears_claims: hearsClaims,
      category_ids: [],
      vetted_at: state === "active" && !JUST_JOINED.includes(person.key) ? created_at : null,
      created_at,
    })),
  );
