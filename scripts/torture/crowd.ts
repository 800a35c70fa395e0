import type { Sql } from "postgres";
import { hashToken, newId, newToken } from "#app/core/ids.server.ts";
import { makeSeal } from "#app/core/seal.server.ts";
import { DATA_KEY } from "./installation.ts";

export type Neighbour = {
  id: string;
  phone: string;
  token: string;
  /** Of those who say STOP and START. */ fickle: boolean;
};
export type Place = { group: string; categories: string[] };
export type Crowd = { people: Neighbour[]; place: Place };

/** One group with two categories, and people who volunteer there, each with a token for the API. */
export async function gather(sql: Sql, count: number): Promise<Crowd> {
  const now = new Date();
  const seal = makeSeal(DATA_KEY);
  const group = newId(now);
  const categories = ["meals", "blankets"];
  await sql`insert into groups (id, slug, name, blurb, joining, moderates, created_at)
    values (${group}::uuid, 'kitchen', 'Kitchen', 'Cooks.', 'open', false, ${now})`;
  await sql`insert into categories (id, group_id, slug, name, unit, unit_one, expiry_hours)
    select gen_random_uuid(), ${group}::uuid, slug, slug, slug, slug, 336 from unnest(${categories}::text[]) slug`;
  const people = Array.from({ length: count }, (_, at): Neighbour => ({
    id: newId(now),
    phone: `+1555${String(2_000_000 + at)}`,
    token: newToken(32),
    fickle: at % 10 === 0,
  }));
  for (let from = 0; from < people.length; from += 500) {
    const rows = people.slice(from, from + 500).map(({ id, phone, token }) => ({
      id,
      name: seal.seal(`N ${id.slice(-4)}`, { table: "people", column: "name_sealed", row: id }),
      phone: seal.seal(phone, { table: "people", column: "phone_sealed", row: id }),
      lookup: seal.lookup("phone", phone),
      token: hashToken(token),
    }));
    await sql`
      with given as (
        select * from jsonb_to_recordset(${sql.json(rows)}) r(id uuid, name text, phone text, lookup text, token text)
      ), made as (
        insert into people (id, name_sealed, phone_sealed, phone_lookup, locale, verified_at, time_zone, quiet_from, quiet_to, created_at)
        select id, name, phone, lookup, 'en', ${now}, 'UTC', 0, 0, ${now} from given returning id
      ), members as (
        insert into memberships (person_id, group_id, role, state, alerts, hears_claims, created_at)
        select id, ${group}::uuid, 'volunteer', 'active', false, false, ${now} from made
      )
      insert into api_tokens (token_hash, person_id, created_at) select token, id, ${now} from given`;
  }
  return { people, place: { group: "kitchen", categories } };
}
