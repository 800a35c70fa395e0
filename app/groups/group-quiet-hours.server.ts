import type { Ctx } from "#app/core/ctx.ts";
import { homeZone } from "#app/core/time-zone.ts";
import type { QuietHours } from "#app/people/quiet-hours.ts";

type Hours = { quietFrom: number | null; quietTo: number | null };

/** When a group is quiet, by the installation's clock: nothing or one, for `afterAllQuietHours`. */
export const hoursOf = ({ quietFrom, quietTo }: Hours): QuietHours[] =>
  quietFrom === null || quietTo === null ? [] : [{ timeZone: homeZone(), quietFrom, quietTo }];

/** @param groupId null: everybody's, which has no hours of its own. */
export async function groupQuietHours({ db: { sql } }: Ctx, groupId: string | null): Promise<QuietHours[]> {
  if (groupId === null) return [];
  const rows = await sql<Hours[]>`
    select quiet_from as "quietFrom", quiet_to as "quietTo" from groups where id = ${groupId}::uuid`;
  return rows.flatMap(hoursOf);
}
