import { doublePrecision, integer, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";

/** What a post counts as while it is not closed: in which group, for whose eyes (`team`: also what was never let up), in which state. */
const shelf = () => ({
  groupId: uuid("group_id").notNull(),
  categoryId: uuid("category_id"),
  kind: text("kind", { enum: ["need", "offer"] }).notNull(),
  eyes: text("eyes", { enum: ["everyone", "volunteers", "team"] }).notNull(),
});
const state = () => text("state", { enum: ["in_review", "open", "partly", "covered"] }).notNull();

/**
 * What changed since the tallies were last brought up to date: written by a trigger on `posts` with each change, only ever appended,
 * taken away by `foldTallies`. Tallies and these together are exact at every moment.
 */
export const postDeltas = pgTable("post_deltas", {
  ...shelf(),
  state: state(),
  hour: moment("hour").notNull(),
  lat: doublePrecision("lat"),
  lng: doublePrecision("lng"),
  n: integer("n").notNull(),
});

/** How many posts of a kind and state there are. */
export const postTallies = pgTable("post_tallies", { ...shelf(), state: state(), n: integer("n").notNull() }, (t) => [
  unique("post_tallies_shelf").on(t.groupId, t.kind, t.state, t.eyes, t.categoryId).nullsNotDistinct(),
]);

/** How many needs still miss something, by the hour (UTC) they were asked for in. */
export const hourTallies = pgTable(
  "hour_tallies",
  { groupId: uuid("group_id").notNull(), hour: moment("hour").notNull(), n: integer("n").notNull() },
  (t) => [primaryKey({ columns: [t.groupId, t.hour] })],
);

/** How many posts something can be promised on lie in a square of the grid; without a place for those that do not say. */
export const cellTallies = pgTable(
  "cell_tallies",
  { lat: doublePrecision("lat"), lng: doublePrecision("lng"), ...shelf(), n: integer("n").notNull() },
  (t) => [unique("cell_tallies_cell").on(t.lat, t.lng, t.groupId, t.kind, t.eyes, t.categoryId).nullsNotDistinct()],
);
