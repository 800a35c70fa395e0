import type { Ctx } from "#app/core/ctx.ts";
import { newId } from "#app/core/ids.server.ts";
import { homeZone } from "#app/core/time-zone.ts";
import type { Locale } from "#app/i18n/locales.ts";

/**
 * The person with this number, made when there is none. Somebody who is here already is never renamed or moved to
 * another language by this: the number alone proves nothing.
 *
 * @param input `phone` in E.164. `verified` when the number proved itself, by a text that came from it.
 */
export async function findOrMakePerson(
  ctx: Ctx,
  input: { phone: string; name?: string | null; locale?: Locale; verified?: boolean },
): Promise<{ id: string; made: boolean }> {
  const id = newId(ctx.now);
  const verifiedAt = input.verified ? ctx.now : null;
  const [row] = await ctx.db.sql<{ id: string }[]>`
    insert into people as p (id, name_sealed, phone_sealed, phone_lookup, locale, time_zone, verified_at, created_at)
    values (
      ${id}::uuid,
      ${input.name ? ctx.seal.seal(input.name, { table: "people", column: "name_sealed", row: id }) : null}::text,
      ${ctx.seal.seal(input.phone, { table: "people", column: "phone_sealed", row: id })},
      ${ctx.seal.lookup("phone", input.phone)},
      ${input.locale ?? "en"},
      ${homeZone()},
      ${verifiedAt}::timestamptz,
      ${ctx.now}::timestamptz
    )
    on conflict (phone_lookup) do update set verified_at = coalesce(p.verified_at, excluded.verified_at)
    returning id`;
  return { id: row!.id, made: row!.id === id };
}

/** The id of the person with this number in E.164, or null. */
export async function findPersonByPhone(ctx: Pick<Ctx, "db" | "seal">, phone: string): Promise<string | null> {
  const [row] = await ctx.db.sql<{ id: string }[]>`
    select id from people where phone_lookup = ${ctx.seal.lookup("phone", phone)}`;
  return row?.id ?? null;
}
