import { index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";
import { groups } from "./groups.ts";
import { people } from "./people.ts";

/** A filter of the coordinators' list that somebody wants to find again. With a group it is for all its coordinators. */
export const savedViews = pgTable(
  "saved_views",
  {
    id: uuid("id").primaryKey(),
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id, { onDelete: "cascade" }),
    groupId: uuid("group_id").references(() => groups.id),
    name: text("name").notNull(),
    /** The query of the list's address, without what is private. */
    query: text("query").notNull(),
    createdAt: moment("created_at").notNull(),
  },
  (t) => [index("saved_views_person").on(t.personId), index("saved_views_group").on(t.groupId)],
);

/** A list of needs or offers brought in from a spreadsheet. The worker writes its posts a portion at a time. */
export const imports = pgTable(
  "imports",
  {
    id: uuid("id").primaryKey(),
    groupId: uuid("group_id")
      .notNull()
      .references(() => groups.id),
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id),
    state: text("state", { enum: ["mapping", "checked", "running", "done", "undoing", "undone"] })
      .notNull()
      .default("mapping"),
    /** Its rows as they were read; wiped once it is done or left for a day. */
    contentSealed: text("content_sealed"),
    /** Which column is what. */
    mapping: jsonb("mapping").$type<Record<string, string>>().notNull().default({}),
    /** The rows that cannot be brought in and why; wiped a week after. */
    reportSealed: text("report_sealed"),
    total: integer("total").notNull().default(0),
    good: integer("good").notNull().default(0),
    bad: integer("bad").notNull().default(0),
    /** So many of the good ones are written, or taken back. */
    done: integer("done").notNull().default(0),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (t) => [index("imports_group").on(t.groupId, t.createdAt), index("imports_state").on(t.state)],
);

/** What one shift leaves to the next. */
export const shiftNotes = pgTable(
  "shift_notes",
  {
    id: uuid("id").primaryKey(),
    groupId: uuid("group_id")
      .notNull()
      .references(() => groups.id),
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id),
    wordsSealed: text("words_sealed").notNull(),
    createdAt: moment("created_at").notNull(),
  },
  (t) => [index("shift_notes_group").on(t.groupId, t.createdAt)],
);
