import { date, index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";
import { groups } from "./groups.ts";
import { people } from "./people.ts";
import { posts } from "./posts.ts";

/** What the public page says of one group and one week. Written once, when the week is out, and never again: what is erased or moved later was still asked for then. */
export const publicWeeks = pgTable(
  "public_weeks",
  {
    groupId: uuid("group_id")
      .notNull()
      .references(() => groups.id),
    /** The Monday it begins on, at midnight UTC. */
    week: date("week", { mode: "string" }).notNull(),
    asked: integer("asked").notNull(),
    /** Of these, within 14 days. */
    met: integer("met").notNull(),
  },
  (t) => [primaryKey({ columns: [t.week, t.groupId] })],
);

/** When somebody first had a word with the author of a need: a helper, or a coordinator. Outlives the words themselves. */
export const firstWords = pgTable(
  "first_words",
  {
    postId: uuid("post_id")
      .primaryKey()
      .references(() => posts.id, { onDelete: "cascade" }),
    at: moment("at").notNull(),
  },
  (t) => [index("first_words_at").on(t.at)],
);

/** About how many people live in an area (`areaOf`), as coordinators say: to see who does not ask. */
export const areaPeople = pgTable("area_people", {
  area: text("area").primaryKey(),
  /** What it is called here. */
  name: text("name").notNull(),
  people: integer("people").notNull(),
  saidBy: uuid("said_by").references(() => people.id, { onDelete: "set null" }),
  saidAt: moment("said_at").notNull(),
});
