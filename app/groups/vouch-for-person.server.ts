import type { Ctx } from "#app/core/ctx.ts";
import { newId } from "#app/core/ids.server.ts";
import { Problem } from "#app/core/problems.ts";
import { signOutAll } from "#app/people/sessions.server.ts";
import { homeZone } from "#app/core/time-zone.ts";
import type { Role } from "./group.ts";

/**
 * Makes or updates a person on the word of whoever runs the installation: verified, and named, made admin or put into a
 * group where given. What is not given stays; nobody stops being an admin by this. Who
 * coordinates or runs more than before signs in anew.
 *
 * @param input `phone` in E.164.
 * @throws Problem `not-found` when there is no such group; then nothing changes.
 */
export async function vouchForPerson(
  ctx: Ctx,
  input: { phone: string; name: string | null; isAdmin: boolean; membership: { slug: string; role: Role } | null },
): Promise<{ id: string; made: boolean }> {
  const phoneLookup = ctx.seal.lookup("phone", input.phone);
  const [known] = await ctx.db.sql<{ id: string }[]>`select id from people where phone_lookup = ${phoneLookup}`;
  // A name is sealed to its row, so the id has to be known before; a row made in between is caught by the id below.
  const id = known?.id ?? newId(ctx.now);
  const sealed = (column: string, plain: string) => ctx.seal.seal(plain, { table: "people", column, row: id });
  const { sql } = ctx.db;
  const [person] = await sql<{ id: string }[]>`
    with g as (select id from groups where slug = ${input.membership?.slug ?? null}::text),
    person as (
      insert into people as p (id, name_sealed, phone_sealed, phone_lookup, is_admin, time_zone, verified_at, vouched_at, created_at)
      select ${id}::uuid, ${input.name && sealed("name_sealed", input.name)}::text, ${sealed("phone_sealed", input.phone)},
        ${phoneLookup}, ${input.isAdmin}::boolean, ${homeZone()}, ${ctx.now}::timestamptz,
        ${ctx.now}::timestamptz, ${ctx.now}::timestamptz
      where ${input.membership === null}::boolean or exists (select from g)
      on conflict (phone_lookup) do update set
        name_sealed = coalesce(excluded.name_sealed, p.name_sealed),
        is_admin = p.is_admin or excluded.is_admin,
        verified_at = coalesce(p.verified_at, excluded.verified_at),
        vouched_at = coalesce(p.vouched_at, excluded.vouched_at)
        where p.id = excluded.id
      returning id
    ), member as (
      insert into memberships (person_id, group_id, role, state, created_at)
      select person.id, g.id, ${input.membership?.role ?? "volunteer"}, 'active', ${ctx.now}::timestamptz from person, g
      on conflict (person_id, group_id) do update set role = excluded.role, state = 'active'
    ), moved as (
      select p.id as person_id from people p join person using (id)
      where ${input.isAdmin}::boolean and not p.is_admin or ${input.membership !== null}::boolean and coalesce(
        (select m.role from memberships m, g where m.group_id = g.id and m.person_id = p.id and m.state = 'active'),
        'volunteer') <> ${input.membership?.role ?? "volunteer"}
    ), signed_out as (${signOutAll(ctx, sql`moved`)})
    select id from person`;
  if (!person) throw new Problem(input.membership ? "not-found" : "too-busy");
  return { id: person.id, made: !known };
}
