import type { PostKind, ShownState, Urgency } from "#app/posts/post.ts";
import { STATES, type PostRow } from "./post-list.ts";

const KINDS: PostKind[] = ["need", "offer"];
const URGENCIES: Urgency[] = ["normal", "soon", "urgent"];

/**
 * Rows as they travel: what repeats stands once in a list and is meant by its place there, and each moment is the
 * milliseconds since the row before. 5,000 rows come to a quarter of the plain JSON once compressed.
 */
export type PackedRows = {
  /** `[short name, name]` */
  groups: [string, string][];
  /** `[name, unit]` */
  categories: [string | null, string | null][];
  places: string[];
  names: string[];
  rows: PackedRow[];
};

/** code, ms since the row before, kind, state, urgency, title, quantity, remaining, group, category, place (-1 none), revision, names */
type PackedRow = [
  string,
  number,
  number,
  number,
  number,
  string,
  number,
  number,
  number,
  number,
  number,
  number,
  ...number[],
];

/** Gives the place of a value in a list, adding it the first time. */
function places<T>(list: T[], keyOf: (value: T) => string) {
  const known = new Map<string, number>();
  return (value: T): number => {
    const key = keyOf(value);
    const at = known.get(key);
    if (at !== undefined) return at;
    known.set(key, list.length);
    return list.push(value) - 1;
  };
}

export function packRows(rows: readonly PostRow[]): PackedRows {
  const packed: PackedRows = { groups: [], categories: [], places: [], names: [], rows: [] };
  const group = places(packed.groups, ([slug]) => slug);
  const category = places(packed.categories, (pair) => JSON.stringify(pair));
  const place = places(packed.places, String);
  const name = places(packed.names, String);
  let before = 0;
  for (const row of rows) {
    packed.rows.push([
      row.code,
      row.createdAt - before,
      KINDS.indexOf(row.kind),
      STATES.indexOf(row.state as (typeof STATES)[number]),
      URGENCIES.indexOf(row.urgency),
      row.title,
      row.quantity,
      row.remaining,
      group([row.group, row.groupName]),
      category([row.category, row.unit]),
      row.place === null ? -1 : place(row.place),
      row.revision,
      ...row.promisedBy.map(name),
    ]);
    before = row.createdAt;
  }
  return packed;
}

export function unpackRows(packed: PackedRows): PostRow[] {
  let createdAt = 0;
  return packed.rows.map(
    ([code, since, kind, state, urgency, title, quantity, remaining, group, category, place, revision, ...names]) => {
      createdAt += since;
      const [slug, groupName] = packed.groups[group]!;
      const [categoryName, unit] = packed.categories[category]!;
      return {
        code,
        createdAt,
        kind: KINDS[kind]!,
        state: STATES[state] as ShownState,
        urgency: URGENCIES[urgency]!,
        title,
        quantity,
        remaining,
        unit,
        group: slug,
        groupName,
        category: categoryName,
        place: place < 0 ? null : packed.places[place]!,
        promisedBy: names.map((at) => packed.names[at]!),
        revision,
      };
    },
  );
}
