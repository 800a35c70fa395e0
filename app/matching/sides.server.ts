import type { PendingQuery, Row } from "postgres";
import type { Ctx } from "#app/core/ctx.ts";
import type { FieldAnswers } from "#app/groups/category-field.ts";
import type { Urgency } from "#app/posts/post.ts";
import type { Side } from "./match.ts";

/** A post as matching sees it, as `sideColumns` selects it. */
export type SideRow = {
  id: string;
  category_id: string | null;
  lat: number | null;
  lng: number | null;
  window_start: Date | null;
  window_end: Date | null;
  quantity: number;
  remaining: number;
  urgency: Urgency;
  created_at: Date;
  answers: FieldAnswers;
  /** Parted by blanks: an array would take longer to read than all the rest. */
  languages: string;
};

/** The columns of `SideRow` out of `posts p` and its author `a`. */
export const sideColumns = ({ db: { sql } }: Ctx): PendingQuery<Row[]> => sql`
  p.id, p.category_id, p.lat, p.lng, p.window_start, p.window_end, p.quantity, p.remaining, p.urgency, p.created_at, p.answers,
  array_to_string(p.languages || a.languages || p.locale || a.locale, ' ') as languages`;

export const toSide = (row: SideRow): Side => ({
  id: row.id,
  categoryId: row.category_id,
  lat: row.lat,
  lng: row.lng,
  windowStart: row.window_start,
  windowEnd: row.window_end,
  quantity: row.quantity,
  remaining: row.remaining,
  urgency: row.urgency,
  createdAt: row.created_at,
  languages: [...new Set(row.languages.split(" "))],
  answers: row.answers,
});
