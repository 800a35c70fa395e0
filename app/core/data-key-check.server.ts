import type { Sql } from "postgres";
import type { Seal } from "./seal.server.ts";

const PLACE = { table: "installation", column: "value", row: "data_key_check" };

/** `other`: made with another key. `missing`: some of what is in there was sealed with keys of these ids, which are not given. */
export type KeyFit = { fits: true } | { fits: false; why: "other" } | { fits: false; why: "missing"; keys: string[] };

/**
 * Whether `seal` has every key this database was written with, and notes that the first of them writes from now on. The first start
 * leaves a sealed mark behind; what is in it also proves that fingerprints (sign-in by phone, private links) are still made alike.
 */
export async function dataKeyFits(sql: Sql, seal: Seal): Promise<KeyFit> {
  const [row] = await sql<{ value: string; in_use: string | null }[]>`
    with first as (
      insert into installation (key, value) values (${PLACE.row}, ${keyMark(seal)})
      on conflict (key) do nothing
      returning value
    )
    select value, (select value from installation where key = 'keys_in_use') as in_use
    from (select value from first union all select value from installation where key = ${PLACE.row}) mark
    limit 1`;
  const inUse = row?.in_use?.split(" ") ?? [];
  const keys = inUse.filter((id) => !seal.keys.includes(id));
  if (keys.length > 0) return { fits: false, why: "missing", keys };
  if (!row || !isMark(seal, row.value)) return { fits: false, why: "other" };
  const now = [...new Set([...inUse, row.value.split(".")[1]!, seal.keys[0]!])].join(" ");
  await sql`insert into installation (key, value) values ('keys_in_use', ${now})
    on conflict (key) do update set value = excluded.value`;
  return { fits: true };
}

/** What is left in the database to know the key by. */
export const keyMark = (seal: Seal): string => seal.seal(seal.lookup("limit", PLACE.row), PLACE);

function isMark(seal: Seal, value: string): boolean {
  try {
    return seal.open(value, PLACE) === seal.lookup("limit", PLACE.row);
  } catch {
    return false;
  }
}
