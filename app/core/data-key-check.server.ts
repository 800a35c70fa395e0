import type { Sql } from "postgres";
import type { Seal } from "./seal.server.ts";

const PLACE = { table: "installation", column: "value", row: "data_key_check" };

/**
 * Whether `seal` has the key this database was written with. The first start leaves a sealed mark behind; what is in it
 * also proves that fingerprints (sign-in by phone, private links) are still made the same way.
 */
export async function dataKeyFits(sql: Sql, seal: Seal): Promise<boolean> {
  const expected = seal.lookup("limit", PLACE.row);
  const [row] = await sql<{ value: string }[]>`
    with first as (
      insert into installation (key, value) values (${PLACE.row}, ${seal.seal(expected, PLACE)})
      on conflict (key) do nothing
      returning value
    )
    select value from first union all select value from installation where key = ${PLACE.row}
  `;
  try {
    return row !== undefined && seal.open(row.value, PLACE) === expected;
  } catch {
    return false;
  }
}
