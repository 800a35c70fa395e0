import { date, index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";
import { people } from "./people.ts";

/** Proofs of work, and waits in their place, that were used: each counts once. `key` is a keyed hash. */
export const spentProofs = pgTable(
  "spent_proofs",
  { key: text("key").primaryKey(), expiresAt: moment("expires_at").notNull() },
  (t) => [index("spent_proofs_expiry").on(t.expiresAt)],
);

/**
 * Numbers a group does not deal with; `scope` is the group's id, or `all`. By the lookup alone, so it holds for somebody
 * who comes back after their record is gone, and says nothing to whoever reads the table.
 */
export const blockedPhones = pgTable(
  "blocked_phones",
  {
    phoneLookup: text("phone_lookup").notNull(),
    scope: text("scope").notNull().default("all"),
    blockedBy: uuid("blocked_by").references(() => people.id, { onDelete: "set null" }),
    createdAt: moment("created_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.phoneLookup, t.scope] }), index("blocked_phones_scope").on(t.scope, t.createdAt)],
);

/** How many texts of any kind went to a number on a day (UTC): what one number may cost, and be bothered with, ends. */
export const textDays = pgTable(
  "text_days",
  {
    phoneLookup: text("phone_lookup").notNull(),
    day: date("day", { mode: "string" }).notNull(),
    sent: integer("sent").notNull(),
  },
  (t) => [primaryKey({ columns: [t.phoneLookup, t.day] }), index("text_days_day").on(t.day)],
);
