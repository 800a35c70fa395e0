import type { Ctx } from "#app/core/ctx.ts";

/** What the product made of a text: how it understood one of theirs, or where one of ours stands in the outbox. */
export type Made = { theirs: string | null; ours: { template: string; lane: number; state: string } | null };

/** By the provider's ids. Texts the product has not seen are left out. */
export async function explainTexts({ db: { sql } }: Pick<Ctx, "db">, sids: string[]): Promise<Map<string, Made>> {
  const rows = await sql<
    { sid: string; theirs: string | null; template: string | null; lane: number; state: string }[]
  >`
    select message_sid as sid, coalesce(outcome, case when handled_at is null then 'waits' else keyword end) as theirs,
      null as template, 0 as lane, '' as state
    from inbound_texts where message_sid = any(${sids})
    union all
    select provider_sid, null, template, lane, state from outbox where provider_sid = any(${sids})`;
  return new Map(
    rows.map(({ sid, theirs, template, lane, state }) => [
      sid,
      { theirs, ours: template === null ? null : { template, lane, state } },
    ]),
  );
}

/** The next texts that are held back for these phones: when, and of what kind. By E.164. */
export async function nextTexts(
  { db: { sql }, seal, now }: Pick<Ctx, "db" | "seal" | "now">,
  phones: string[],
): Promise<Map<string, { at: Date; template: string }>> {
  const byLookup = new Map(phones.map((phone) => [seal.lookup("phone", phone), phone]));
  const rows = await sql<{ lookup: string; at: Date; template: string }[]>`
    select distinct on (p.phone_lookup) p.phone_lookup as lookup, o.not_before as at, o.template
    from people p join outbox o on o.person_id = p.id
    where p.phone_lookup = any(${[...byLookup.keys()]}) and o.state = 'queued' and o.not_before > ${now}::timestamptz
      and o.not_before < 'infinity'
    order by p.phone_lookup, o.not_before`;
  return new Map(rows.map(({ lookup, at, template }) => [byLookup.get(lookup)!, { at, template }]));
}
