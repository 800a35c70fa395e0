import type { PersonCtx } from "#app/core/ctx.ts";
import { MOST_ASKS_A_WEEK, rankPeople, type PersonReason, type Ranked } from "#app/matching/rank-people.ts";
import { openName } from "#app/people/person.server.ts";
import { afterQuietHours } from "#app/people/quiet-hours.ts";
import { mayBeSeen } from "#app/posts/post-rows.server.ts";
import { coordinatedNeed } from "./coordinated-need.server.ts";
import { fittingOffers } from "./fitting-offers.server.ts";
import { readCandidates, type Askable, type AskedNeed } from "./read-candidates.server.ts";
import { readRates } from "./read-rates.server.ts";

const MOST_SHOWN = 5;

/** Somebody a coordinator may ask by hand, with what speaks for and against it. */
export type BestPerson = {
  personId: string;
  /** Null for who is not in the group, or gave none. */
  name: string | null;
  member: boolean;
  /** Heaviest first. */
  reasons: PersonReason[];
  km: number | null;
  /** One they share with whoever needs it. */
  language: string | null;
  /** Null also where the asker may not see it: that they offer something that fits is then all they learn. */
  offer: { code: string; title: string } | null;
  /** They said yes before; never told where the group does not learn. */
  helpedBefore: boolean;
  lastAskedAt: Date | null;
  askedOften: boolean;
  promises: number;
  /** It is night for them, so the text waits. */
  asleep: boolean;
};

/** The people a wave would ask next about a need, the best first, at most five; none unless the asker coordinates its group. */
export async function bestPeople(ctx: PersonCtx, code: string): Promise<BestPerson[]> {
  const need = await coordinatedNeed(ctx, code);
  if (!need) return [];
  const offers = (await fittingOffers(ctx, [need.id])).get(need.id) ?? [];
  const rates = await readRates(ctx);
  const people = await readCandidates(ctx, need, { offers, rates });
  const others = people.filter(({ id }) => id !== ctx.person.id);
  return describe(ctx, need, rankPeople(need, others, ctx.now).slice(0, MOST_SHOWN));
}

type Row = {
  id: string;
  name_sealed: string | null;
  member: boolean;
  helped: boolean;
  offer: BestPerson["offer"];
};

async function describe(ctx: PersonCtx, need: AskedNeed, ranked: Ranked<Askable>[]): Promise<BestPerson[]> {
  const ids = ranked.map(({ person }) => person.id);
  const offers = ranked.map(({ person }) => person.offerId);
  const rows = await ctx.db.sql<Row[]>`
    select p.id, p.name_sealed, case when o.id is not null then jsonb_build_object('code', o.code, 'title', o.title) end as offer,
      exists (select from memberships m where m.person_id = p.id and m.group_id = ${need.groupId}::uuid and m.state = 'active') as member,
      ${need.learns} and exists (select from outcome_rates r where r.scope = 'person' and r.key = p.id::text and r.yes > 0) as helped
    from unnest(${ids}::uuid[], ${offers}::uuid[]) as chosen(id, offer_id)
    join people p on p.id = chosen.id
    left join lateral (select p.id, p.code, p.title from posts p where p.id = chosen.offer_id and ${mayBeSeen(ctx)}) o on true`;
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ranked.flatMap(({ person, reasons, km }): BestPerson[] => {
    const row = byId.get(person.id);
    if (!row) return [];
    return [
      {
        personId: person.id,
        name: row.member ? openName(ctx.seal, row) : null,
        member: row.member,
        reasons,
        km,
        language: need.languages.find((one) => person.languages.includes(one)) ?? null,
        offer: row.offer,
        helpedBefore: row.helped,
        lastAskedAt: person.lastAskedAt,
        askedOften: person.askedLately >= MOST_ASKS_A_WEEK,
        promises: person.promises,
        asleep: !ctx.wakesNobody && afterQuietHours(ctx.now, person) > ctx.now,
      },
    ];
  });
}
