import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { distanceKm } from "#app/matching/distance.ts";
import { findOwnPost, runsGroup } from "#app/posts/own-post.server.ts";
import { coordinatedNeed } from "./coordinated-need.server.ts";
import { fittingOffers } from "./fitting-offers.server.ts";
import { askable, wholeKm } from "./read-candidates.server.ts";

/**
 * A coordinator asks one person about a need by hand: they get the same text as in a wave, at once, or in the morning. Everything that
 * keeps somebody from being asked holds here, too. Kept as wave 0, or below where they were asked by hand in an earlier round.
 *
 * @returns false when they cannot be asked, or were meanwhile: then nobody is texted.
 * @throws Problem `not-open` when the need cannot be promised any more; `not-found`, or to its author `not-allowed`, when it is
 *   of none of the asker's groups.
 */
export async function askPerson(
  ctx: PersonCtx,
  { code, personId }: { code: string; personId: string },
): Promise<boolean> {
  const need = await coordinatedNeed(ctx, code);
  if (!need) {
    const post = await findOwnPost(ctx, { code });
    throw new Problem(runsGroup(ctx, post.group_id) ? "not-open" : "not-allowed");
  }
  const { sql } = ctx.db;
  const offers = (await fittingOffers(ctx, [need.id])).get(need.id) ?? [];
  const offerId = offers.find(({ authorId }) => authorId === personId)?.offerId ?? null;
  const [person] = await sql<{ lat: number | null; lng: number | null }[]>`
    select lat, lng from people where id = ${personId}::uuid`;
  const km = person ? wholeKm(distanceKm(need, person)) : null;
  const asked = await sql`
    with known as materialized (${askable(ctx, need, offers)}),
    asked as (
      insert into asks as a (post_id, person_id, wave, offer_id, km, asked_at)
      select p.id, k.person_id, 0, ${offerId}::uuid, ${km}::smallint, ${ctx.now}::timestamptz
      from known k join posts p on p.id = ${need.id}::uuid and p.claimable
      where k.person_id = ${personId}::uuid and k.person_id <> ${ctx.person.id}::uuid
      on conflict (post_id, person_id) do update set wave = least(a.wave, 1) - 1, offer_id = excluded.offer_id, km = excluded.km,
        chance = null, asked_at = excluded.asked_at, answered_at = null, wanted_at = null, thanked_at = null
      where a.asked_at < ${need.roundAt}::timestamptz
      returning post_id, wave
    )
    insert into events (type, group_id, post_id, actor_id, data, at)
    select 'need.wave', ${need.groupId}::uuid, post_id, ${ctx.person.id}::uuid, jsonb_build_object('wave', wave), ${ctx.now}::timestamptz
    from asked
    returning id`;
  return asked.length > 0;
}
