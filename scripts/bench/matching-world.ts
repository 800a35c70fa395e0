import { newId } from "#app/core/ids.server.ts";
import type { BenchWorld } from "./world.ts";

/** Where the posts of this bench are put: groups with categories of very different size, people, and what can serve what. */
export type City = { groupIds: string[]; authorIds: string[] };

const GROUPS = 6;
const CATEGORIES = 24;
const AUTHORS = 20_000;
const DIET = [
  {
    key: "diet",
    label: "Diet",
    translations: {},
    weighs: "must",
    several: true,
    options: ["halal", "vegan", "kosher"].map((key) => ({ key, label: key, translations: {} })),
  },
];

/** Lays out a city of its own beside what is there already. */
export async function layOut({ owner: sql }: BenchWorld): Promise<City> {
  const groupIds = Array.from({ length: GROUPS }, () => newId());
  const authorIds = Array.from({ length: AUTHORS }, () => newId());
  await sql`
    insert into groups (id, slug, name, blurb, position, created_at)
    select id, 'city-' || n, 'City group ' || n, 'A working group.', n, now()
    from unnest(${groupIds}::text[]) with ordinality g(text, n), lateral (select g.text::uuid as id) i`;
  await sql`
    insert into categories (id, group_id, slug, name, unit, unit_one, fields)
    select gen_random_uuid(), (${groupIds}::text[])[1 + n % ${GROUPS}::int]::uuid, 'kind-' || n, 'Kind ' || n, 'things', 'thing',
      case when n % 6 = 0 then ${sql.json(DIET)}::jsonb else '[]' end
    from generate_series(0, ${CATEGORIES - 1}::int) n`;
  await sql`
    insert into people (id, locale, languages, verified_at, created_at)
    select id::uuid, (array['en', 'en', 'es', 'ar'])[1 + n % 4], array[(array['zh', 'fr', 'ru'])[1 + n % 3]], now(), now()
    from unnest(${authorIds}::text[]) with ordinality p(id, n)`;
  await sql`
    insert into category_fits (need_category_id, offer_category_id, fit)
    select a.id, b.id, case when a.slug < b.slug then 'well' else 'partly' end
    from categories a join categories b on a.id <> b.id
    where a.slug like 'kind-%' and b.slug like 'kind-%' and abs(hashtext(a.slug || b.slug)) % 12 = 0`;
  await sql`
    insert into kept_apart (person_id, other_id, at)
    select least(a, b), greatest(a, b), now() from (
      select (${authorIds}::text[])[n]::uuid as a, (${authorIds}::text[])[n + 7]::uuid as b from generate_series(1, 2000) n) pairs`;
  await sql`
    insert into outcome_rates (scope, key, asked, yes, promised, kept, learned_at)
    select 'person', id, 20, 8, 8, 6, now() from unnest(${authorIds}::text[]) with ordinality p(id, n) where n % 2 = 0
    union all select 'all', '', 1000, 300, 300, 270, now()`;
  return { groupIds, authorIds };
}

/**
 * Adds open posts to the city until it has `total`: three offers for two needs in 120 neighbourhoods, categories by
 * Zipf's law, one in twenty without a category, one in twenty without a place; two of three at a time of the next two weeks, of
 * one category all (rides).
 */
export async function fillCity({ owner: sql }: BenchWorld, { authorIds }: City, total: number): Promise<void> {
  const [{ have } = { have: 0 }] = await sql<
    { have: number }[]
  >`select count(*)::int as have from posts where manage_hash like 'city %'`;
  for (let from = have; from < total; from += 20_000) {
    const to = Math.min(total, from + 20_000);
    await sql`
      with kinds as (
        select array_agg(id order by slug) as ids, array_agg(group_id order by slug) as groups
        from categories where slug like 'kind-%'
      ), dice as materialized (
        select n, random() as category, random() as away, random() as turn, random() as timed, random() as later, random() as words,
          random() as rest, floor(power(random(), 2) * 120)::int as hood
        from generate_series(${from + 1}::int, ${to}::int) n
      ), drawn as (
        select d.*, 1 + least(${CATEGORIES - 1}::int, floor(exp(category * ln(${CATEGORIES + 1}::int)) - 1))::int as at,
          away < 0.05 as nowhere, turn < 0.05 as uncategorised,
          date_trunc('hour', now()) + later * interval '14 days' as starts
        from dice d
      )
      insert into posts (id, code, kind, group_id, category_id, author_id, title, details, quantity, remaining, urgency,
        window_start, window_end, lat, lng, visibility, locale, answers, status, expires_at, manage_hash, created_at, updated_at)
      select gen_random_uuid(), 'M' || n, case when n % 5 < 3 then 'offer' else 'need' end, k.groups[at],
        case when not uncategorised then k.ids[at] end, (${authorIds}::text[])[1 + floor(rest * ${authorIds.length}::int)::int]::uuid,
        (array['Hot','Warm','Fresh','Clean','Spare','Big','Small','New'])[1 + floor(words * 8)::int] || ' ' ||
        (array['meals','coats','blankets','rides','bread','books','diapers','chairs','medicine','rice'])[1 + floor(words * 640)::int % 10]
          || ' for ' || (1 + n % 9),
        'Anything helps, ring the ' || (array['green','red','left','upper','corner'])[1 + n % 5] || ' bell, near the '
          || (array['park','school','church','station','market','library'])[1 + n % 6],
        1 + n % 40, 1 + n % 40, (array['urgent','soon','soon','normal','normal','normal','normal','normal','normal','normal'])[1 + n / 5 % 10],
        case when timed > 0.33 or at = 5 then starts end, case when timed > 0.33 or at = 5 then starts + (1 + n % 8) * interval '1 hour' end,
        case when not nowhere then round((40.55 + 0.41 * (hood * 37 % 120 / 120.0) + 0.03 * (words + rest - 1) )::numeric / 0.009)::float8 * 0.009 end,
        case when not nowhere then round((-74.10 + 0.55 * (hood * 71 % 120 / 120.0) + 0.04 * (rest + later - 1))::numeric / 0.012)::float8 * 0.012 end,
        (array['everyone','everyone','everyone','everyone','volunteers'])[1 + n / 7 % 5],
        (array['en','en','en','es','ar'])[1 + n / 11 % 5],
        case when n / 13 % 4 = 0 then '{"diet": ["halal"]}'::jsonb else '{}' end,
        'open', now() + interval '20 days', 'city ' || n, now() - rest * interval '20 days', now()
      from drawn cross join kinds k`;
    if (process.stderr.isTTY) process.stderr.write(`\r  ${to.toLocaleString("en")} posts`);
  }
  await sql`vacuum (analyze) posts`;
  await sql`checkpoint`;
  await sql`analyze category_fits, kept_apart, outcome_rates, categories, people, match_dismissals`;
}
