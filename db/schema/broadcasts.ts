import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";
import { groups } from "./groups.ts";
import { people } from "./people.ts";

/** One text to many, written by a coordinator; above a number of people a second one lets it go. */
export const broadcasts = pgTable(
  "broadcasts",
  {
    id: uuid("id").primaryKey(),
    /** Whose members it may reach; null: everybody, by an admin. */
    groupId: uuid("group_id").references(() => groups.id),
    /** Who sent it off; null once they were erased. */
    authorId: uuid("author_id").references(() => people.id, { onDelete: "set null" }),
    approvedBy: uuid("approved_by").references(() => people.id, { onDelete: "set null" }),
    /** Who it goes to, as the composer's fields say it. No names, no numbers. */
    audience: jsonb("audience").$type<Record<string, string | string[] | number | null>>().notNull().default({}),
    /** The words by language, sealed as JSON. */
    wordsSealed: text("words_sealed"),
    state: text("state", { enum: ["draft", "waiting", "sending", "paused", "stopped", "sent"] })
      .notNull()
      .default("draft"),
    /** People and segments, as they were counted when it was let go. */
    recipients: integer("recipients").notNull().default(0),
    segments: integer("segments").notNull().default(0),
    /** The last person whose text was written: writing them out goes on from here after a crash. */
    expandedUpto: uuid("expanded_upto"),
    expanded: integer("expanded").notNull().default(0),
    /** Who of the audience was left out while it was written: `opted_out`, `resting`, `over_cap`, `too_many`. */
    skipped: jsonb("skipped").$type<Record<string, number>>().notNull().default({}),
    /** When the last person's text was written. */
    expandedAt: moment("expanded_at"),
    pausedWhy: text("paused_why", { enum: ["by_hand", "filtered"] }),
    sendAfter: moment("send_after"),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
    approvedAt: moment("approved_at"),
    endedAt: moment("ended_at"),
  },
  (t) => [
    index("broadcasts_group").on(t.groupId, t.createdAt),
    index("broadcasts_sending")
      .on(t.createdAt)
      .where(sql`state = 'sending'`),
  ],
);
