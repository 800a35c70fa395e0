import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, real, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";
import { categories } from "./groups.ts";
import { people } from "./people.ts";
import { posts } from "./posts.ts";

/** What can serve what beside its own kind: an offer of groceries may serve a need for hot meals, partly. Coordinators edit it. */
export const categoryFits = pgTable(
  "category_fits",
  {
    needCategoryId: uuid("need_category_id")
      .notNull()
      .references(() => categories.id, { onDelete: "cascade" }),
    offerCategoryId: uuid("offer_category_id")
      .notNull()
      .references(() => categories.id, { onDelete: "cascade" }),
    /** `well`: nearly as good as the thing itself; `partly`: better than nothing. */
    fit: text("fit", { enum: ["well", "partly"] }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.needCategoryId, t.offerCategoryId] }),
    index("category_fits_offer").on(t.offerCategoryId),
    check("category_fits_other", sql`need_category_id <> offer_category_id`),
  ],
);

/** A pair of posts a coordinator does not want to see suggested for a while. */
export const matchDismissals = pgTable(
  "match_dismissals",
  {
    needId: uuid("need_id")
      .notNull()
      .references(() => posts.id, { onDelete: "cascade" }),
    offerId: uuid("offer_id")
      .notNull()
      .references(() => posts.id, { onDelete: "cascade" }),
    reason: text("reason", { enum: ["busy", "too_far", "not_a_fit", "conflict", "other"] }).notNull(),
    by: uuid("by").references(() => people.id, { onDelete: "set null" }),
    at: moment("at").notNull(),
    /** Suggested again from then on. */
    until: moment("until").notNull(),
  },
  (t) => [primaryKey({ columns: [t.needId, t.offerId] }), index("match_dismissals_offer").on(t.offerId)],
);

/** Two people who must not be brought together. Kept with the lower id first; only coordinators see that it is so. */
export const keptApart = pgTable(
  "kept_apart",
  {
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id, { onDelete: "cascade" }),
    otherId: uuid("other_id")
      .notNull()
      .references(() => people.id, { onDelete: "cascade" }),
    by: uuid("by").references(() => people.id, { onDelete: "set null" }),
    at: moment("at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.personId, t.otherId] }),
    index("kept_apart_other").on(t.otherId),
    check("kept_apart_order", sql`person_id < other_id`),
  ],
);

/**
 * What came of asking, counted: how many were asked, said yes, promised and kept it; by person, by category, by how far and
 * at what hour. Counted anew by a job, so it can be dropped at any time.
 */
export const outcomeRates = pgTable(
  "outcome_rates",
  {
    scope: text("scope", { enum: ["all", "person", "category", "distance", "hour"] }).notNull(),
    /** Of the scope: a person's or a category's id, a band of distance, an hour of the day; empty for `all`. */
    key: text("key").notNull(),
    asked: integer("asked").notNull(),
    yes: integer("yes").notNull(),
    promised: integer("promised").notNull(),
    kept: integer("kept").notNull(),
    learnedAt: moment("learned_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.scope, t.key] })],
);

/** How well an area is answered: the share of its needs of the last weeks that somebody took up. An area is a square of about 3 km. */
export const areaRates = pgTable("area_rates", {
  area: text("area").primaryKey(),
  needs: integer("needs").notNull(),
  answered: integer("answered").notNull(),
  /** Between 0 and 1, smoothed towards the rate of all areas together. */
  rate: real("rate").notNull(),
  learnedAt: moment("learned_at").notNull(),
});
