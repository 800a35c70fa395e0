import type { PendingQuery, Row } from "postgres";
import type { Ctx } from "#app/core/ctx.ts";

type Fragment = PendingQuery<Row[]>;

/**
 * The key of the area (`area_rates.area`) a place lies in, as SQL: squares of about 3 km, three cells of the grid that places are
 * snapped to, told by the row and the column. Null where either is.
 *
 * @param lat,lng SQL of a post's columns.
 */
export const areaOf = ({ db: { sql } }: Ctx, lat: Fragment, lng: Fragment): Fragment => sql`(
  floor(${lat} / 0.02713)::text || ':' ||
  floor(${lng} * cos(radians((floor(${lat} / 0.02713) + 0.5) * 0.02713)) / 0.02695)::text)`;
