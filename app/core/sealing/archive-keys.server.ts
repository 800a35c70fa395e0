import { randomBytes } from "node:crypto";
import type { Ctx } from "../ctx.ts";

const placeOf = (owner: string) => ({ table: "archive_keys", column: "key_sealed", row: owner });

/**
 * The keys that a backup seals each owner's values with, made where there is none yet. They are in no archive, so an owner whose key is
 * forgotten is unreadable in all that were ever made, wherever copies lie. Safe to repeat.
 *
 * @param owners as `SEALED_COLUMNS` has them, `person:…` or `phone:… 2026-11-23`; each once.
 * @returns 32 bytes for each of them.
 */
export async function archiveKeys(ctx: Ctx, owners: readonly string[]): Promise<Map<string, Buffer>> {
  if (owners.length === 0) return new Map();
  const fresh = owners.map((owner) => ctx.seal.seal(randomBytes(32).toString("base64"), placeOf(owner)));
  const rows = await ctx.db.sql<{ owner: string; key_sealed: string }[]>`
    with made as (
      insert into archive_keys (owner, key_sealed, made_at)
      select owner, key_sealed, ${ctx.now}::timestamptz
      from unnest(${[...owners]}::text[], ${fresh}::text[]) as fresh (owner, key_sealed)
      on conflict (owner) do nothing
      returning owner, key_sealed
    )
    select owner, key_sealed from made
    union all select owner, key_sealed from archive_keys where owner = any(${[...owners]}::text[])`;
  const keys = new Map(
    rows.map(({ owner, key_sealed }) => [owner, Buffer.from(ctx.seal.open(key_sealed, placeOf(owner)), "base64")]),
  );
  // One that another backup made at this very moment is in neither half of the answer.
  const missed = owners.filter((owner) => !keys.has(owner));
  return missed.length === 0 ? keys : new Map([...keys, ...(await archiveKeys(ctx, missed))]);
}

/**
 * Makes owners unreadable in every archive: when they are deleted, or their time is over. Of an owner with days all days go.
 *
 * @returns how many keys went.
 */
export async function forgetKeys({ db: { sql } }: Ctx, owners: readonly string[]): Promise<number> {
  if (owners.length === 0) return 0;
  const gone = await sql`
    delete from archive_keys where split_part(owner, ' ', 1) = any(${[...owners]}::text[]) returning 1`;
  return gone.length;
}

/** The same for all that belongs to days before one, `2026-11-16` (UTC): what is only kept for so long. @returns how many keys went. */
export async function forgetKeysBefore({ db: { sql } }: Ctx, day: string): Promise<number> {
  const gone = await sql`
    delete from archive_keys where strpos(owner, ' ') > 0 and split_part(owner, ' ', 2) < ${day} returning 1`;
  return gone.length;
}
