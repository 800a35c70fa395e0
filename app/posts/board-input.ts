import { z } from "zod";
import { BOARD_STATES, type BoardFilter } from "#app/posts/board-filter.ts";

/** A link somebody mistyped should still show a board, so what cannot be read counts as not asked for. */
const slug = z
  .string()
  .regex(/^[\w-]{1,80}$/)
  .nullable()
  .catch(null);
const words = z.string().trim().max(200).nullable().catch(null);

const Board = z.object({
  kind: z.enum(["need", "offer"]).nullable().catch(null),
  group: slug,
  category: slug,
  q: words,
  place: words,
  status: z.enum(BOARD_STATES).nullable().catch(null),
  near: z
    .string()
    .regex(/^-?\d{1,2}(\.\d+)?,-?\d{1,3}(\.\d+)?$/)
    .transform((text) => text.split(",").map(Number) as [number, number])
    .transform(([lat, lng]) => ({ lat, lng }))
    .nullable()
    .catch(null),
  within: z.coerce.number().min(1).max(100).nullable().catch(null),
  page: z.string().max(200).nullable().catch(null),
});

/** The board's filter from its address: `?kind=&group=&category=&q=&place=&near=lat,lng&within=km&status=&page=`. */
export function boardFilterOf(search: URLSearchParams): BoardFilter {
  const get = (name: string) => search.get(name) || null;
  const names = ["kind", "group", "category", "q", "place", "status", "near", "within", "page"];
  const { within, page, ...filter } = Board.parse(Object.fromEntries(names.map((name) => [name, get(name)])));
  return { ...filter, category: filter.group ? filter.category : null, withinKm: within, cursor: page };
}
