import { sql } from "drizzle-orm";
import { index, pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";

/** Facts about this installation: `data_key_check` proves at start that DATA_KEY opens what the database holds. */
export const installation = pgTable("installation", { key: text("key").primaryKey(), value: text("value").notNull() });

/**
 * What backups seal the values of one person, post or phone with. Never in a backup itself: without its row here an owner is unreadable
 * in every archive there is.
 */
export const archiveKeys = pgTable(
  "archive_keys",
  {
    /** `person:…`, `post:…`; with a blank and a day where each day goes by itself. */
    owner: text("owner").primaryKey(),
    /** Null: forgotten; the row stays for a while, so that a backup that is being made does not make a new one. */
    keySealed: text("key_sealed"),
    madeAt: moment("made_at").notNull(),
  },
  (t) => [index("archive_keys_whose").on(sql`split_part(${t.owner}, ' ', 1)`)],
);
