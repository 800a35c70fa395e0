import type { Ctx } from "#app/core/ctx.ts";

type Consent = {
  phoneLookup: string;
  action: "in" | "out";
  /** `keyword`: STOP or START; `freeform`: other words that mean it; `provider`: Twilio told us. */
  source: "keyword" | "freeform" | "web" | "coordinator" | "provider";
};

/** Has this number asked us to stop texting it? The last entry of the ledger decides; it outlives the person's row. */
export async function isOptedOut(ctx: Pick<Ctx, "db">, phoneLookup: string): Promise<boolean> {
  const [last] = await ctx.db.sql<{ action: string }[]>`
    select action from consent_events where phone_lookup = ${phoneLookup} order by id desc limit 1`;
  return last?.action === "out";
}

/**
 * Adds to the ledger when it changes something: a second STOP in a row is no second entry.
 *
 * @returns whether anything changed.
 */
export async function recordConsent(ctx: Pick<Ctx, "db" | "now">, consent: Consent): Promise<boolean> {
  const added = await ctx.db.sql`
    insert into consent_events (phone_lookup, action, source, at)
    select ${consent.phoneLookup}, ${consent.action}, ${consent.source}, ${ctx.now}::timestamptz
    where coalesce(
      (select action from consent_events where phone_lookup = ${consent.phoneLookup} order by id desc limit 1), 'in'
    ) <> ${consent.action}
    returning id`;
  return added.length === 1;
}
