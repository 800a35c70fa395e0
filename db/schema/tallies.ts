import {
  customType,
  date,
  doublePrecision,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";

const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

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

/** Posts, or days of a group, whose `need_days` are no longer right: noted by triggers on posts, claims and first words, only ever appended. */
export const dayMarks = pgTable("day_marks", {
  postId: uuid("post_id"),
  /** Where it is not told by the post any more: it was moved or deleted. */
  groupId: uuid("group_id"),
  day: date("day", { mode: "string" }),
});

/**
 * The days that are to be worked out again, only ever appended, so that a worker takes away no more than what it knew of. Days without
 * a row in `need_days` and those in here are read from the posts themselves.
 */
export const staleDays = pgTable("stale_days", {
  groupId: uuid("group_id").notNull(),
  day: date("day", { mode: "string" }).notNull(),
});

/**
 * The needs that one group was asked for on one day (UTC) and what has become of them, worked out again whenever one of them changes:
 * nothing in here depends on when it is read. Durations are packed, four bytes each, so that medians stay exact: whole seconds since
 * asking; of what still goes on instead the milliseconds from midnight to asking.
 */
export const needDays = pgTable(
  "need_days",
  {
    groupId: uuid("group_id").notNull(),
    day: date("day", { mode: "string" }).notNull(),
    asked: integer("asked").notNull(),
    fulfilled: integer("fulfilled").notNull(),
    met: integer("met").notNull(),
    met7: integer("met7").notNull(),
    met14: integer("met14").notNull(),
    /** To the first promise; closed without one; still without one. */
    claimed: bytea("claimed"),
    unclaimed: bytea("unclaimed"),
    waiting: bytea("waiting"),
    /** Until they were met; closed otherwise; still open. */
    settled: bytea("settled"),
    ended: bytea("ended"),
    current: bytea("current"),
    /** To the first word with somebody; closed without one; still without one. */
    heard: bytea("heard"),
    unheard: bytea("unheard"),
    silent: bytea("silent"),
    /** Promises on them. */
    confirmed: integer("confirmed").notNull(),
    delivered: integer("delivered").notNull(),
    live: integer("live").notNull(),
    released: integer("released").notNull(),
    lapsed: integer("lapsed").notNull(),
    /** What `spread` counts into, and for each need where in these it is, what became of it and how long that took. */
    areas: text("areas").array(),
    categories: text("categories").array(),
    locales: text("locales").array(),
    places: text("places").array(),
    spread: bytea("spread"),
  },
  (t) => [primaryKey({ columns: [t.groupId, t.day] })],
);
