import type { PendingQuery, Row } from "postgres";
import type { Ctx } from "#app/core/ctx.ts";
import type { FieldAnswers } from "#app/groups/category-field.ts";
import type { Urgency } from "#app/posts/post.ts";
import type { Side } from "./match.ts";

type Fragment = PendingQuery<Row[]>;

/** A post as matching sees it, as `packedSide` packs it: moments in seconds since 1970, languages parted by blanks. */
export type PackedSide = [
  id: string,
  categoryId: string | null,
  lat: number | null,
  lng: number | null,
  windowStart: number | null,
  windowEnd: number | null,
  quantity: number,
  remaining: number,
  urgency: Urgency,
  createdAt: number,
  answers: FieldAnswers,
  languages: string,
];

/**
 * What `toSide` reads, out of `posts p` and its author `a`, as one JSON value. Dozens of rows of a dozen columns each take the
 * driver longer to read, one value after another, than they took to be found; JSON is read in one go.
 */
export const packedSide = ({ db: { sql } }: Ctx): Fragment => sql`json_build_array(
  p.id, p.category_id, p.lat, p.lng, date_part('epoch', p.window_start), date_part('epoch', p.window_end), p.quantity, p.remaining,
  p.urgency, date_part('epoch', p.created_at), p.answers,
  array_to_string(p.languages || a.languages || p.locale || a.locale, ' '))`;

export const toSide = (packed: PackedSide): Side => ({
  id: packed[0],
  categoryId: packed[1],
  lat: packed[2],
  lng: packed[3],
  windowStart: moment(packed[4]),
  windowEnd: moment(packed[5]),
  quantity: packed[6],
  remaining: packed[7],
  urgency: packed[8],
  createdAt: moment(packed[9])!,
  answers: packed[10],
  languages: packed[11].split(" "),
});

const moment = (seconds: number | null): Date | null =>
  seconds === null ? null : new Date(Math.round(seconds * 1000));
