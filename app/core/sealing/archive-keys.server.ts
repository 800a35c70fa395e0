import { randomBytes } from "node:crypto";
import type { PendingQuery, Row } from "postgres";
import type { Ctx } from "../ctx.ts";

const placeOf = (owner: string) => ({ table: "archive_keys", column: "key_sealed", row: owner });

/**
 * The keys that a backup seals each owner's values with, made where there is none yet. They are in no archive, so an owner whose key is
 * forgotten is unreadable in all that were ever made, wherever copies lie. Safe to repeat.
 *
 * @param owners as `SEALED_COLUMNS` has them, `person:…` or `phone:… 2026-11-23`; each once.
 * @returns 32 bytes for each of them, but for those who were forgotten lately: they were erased while a backup was being made.
 */
export async function archiveKeys(ctx: Ctx, owners: readonly string[]): Promise<Map<string, Buffer>> {
  if (owners.length === 0) return new Map();
  const fresh = owners.map((owner) => ctx.seal.seal(randomBytes(32).toString("base64"), placeOf(owner)));
  await ctx.db.sql`
    insert into archive_keys (owner, key_sealed, made_at)
    select owner, key_sealed, ${ctx.now}::timestamptz
    from unnest(${[...owners]}::text[], ${fresh}::text[]) as fresh (owner, key_sealed)
    where not exists (select from archive_keys k where k.owner = split_part(fresh.owner, ' ', 1) and k.key_sealed is null)
    on conflict (owner) do nothing`;
  const rows = await ctx.db.sql<{ owner: string; key_sealed: string | null }[]>`
    select owner, key_sealed from archive_keys where owner = any(${[...owners]}::text[])`;
  const keys = new Map<string, Buffer>();
  for (const { owner, key_sealed } of rows) if (key_sealed) keys.set(owner, openKey(ctx, { owner, key_sealed }));
  return keys;
}

/**
 * Makes owners unreadable in every archive: when they are deleted, or their time is over. Of an owner with days all days go.
 *
 * @returns how many keys went.
 */
export async function forgetKeys(ctx: Ctx, owners: readonly string[]): Promise<number> {
  const { sql } = ctx.db;
  if (owners.length === 0) return 0;
  const gone = await sql`
    with owners as (select distinct unnest(${[...owners]}::text[]) as owner
    ), had as (
      select k.owner from archive_keys k join owners on split_part(k.owner, ' ', 1) = owners.owner where k.key_sealed is not null
    ), forgotten as (${forgetOwners(ctx)})
    select owner from had`;
  return gone.length;
}

/** The statement that does it, for verbs that erase: over a table `owners (owner)` of the same statement; rows without one are passed over. */
export const forgetOwners = ({ db: { sql }, now }: Ctx): PendingQuery<Row[]> => sql`
  insert into archive_keys as k (owner, key_sealed, made_at)
  select distinct k.owner, null, ${now}::timestamptz
  from owners o join archive_keys k on split_part(k.owner, ' ', 1) = o.owner
  union select distinct o.owner, null, ${now}::timestamptz from owners o where o.owner is not null
  on conflict (owner) do update set key_sealed = null, made_at = excluded.made_at`;

const REMEMBERED_DAYS = 2;

/**
 * The same for all that belongs to days before one, `2026-11-16` (UTC): what is only kept for so long. Rows of whom nobody makes a backup
 * any more go too. @returns how many rows went
 */
export async function forgetKeysBefore({ db: { sql }, now }: Ctx, day: string): Promise<number> {
  const gone = await sql`
    delete from archive_keys where strpos(owner, ' ') > 0 and split_part(owner, ' ', 2) < ${day}
      or key_sealed is null and made_at < ${now}::timestamptz - make_interval(days => ${REMEMBERED_DAYS})
    returning 1`;
  return gone.length;
}

/** Every key there is, as it is kept: for the file beside the backups. */
export const allKeys = ({ db: { sql } }: Ctx) =>
  sql<{ owner: string; key_sealed: string }[]>`
    select owner, key_sealed from archive_keys where key_sealed is not null order by owner`;

/** Opens one of them. @throws SealBroken when `DATA_KEY` is another. */
export const openKey = (
  { seal }: Pick<Ctx, "seal">,
  { owner, key_sealed }: { owner: string; key_sealed: string },
): Buffer => Buffer.from(seal.open(key_sealed, placeOf(owner)), "base64");
