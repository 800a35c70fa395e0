import { sql } from "drizzle-orm";
import { boolean, index, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { claims } from "./claims.ts";
import { moment } from "./columns.ts";
import { people } from "./people.ts";
import { posts } from "./posts.ts";

/** Claimer and author talk through our number; neither sees the other's until both share it. One for each claim. */
export const relays = pgTable(
  "relays",
  {
    id: uuid("id").primaryKey(),
    claimId: uuid("claim_id")
      .notNull()
      .unique()
      .references(() => claims.id, { onDelete: "cascade" }),
    postId: uuid("post_id")
      .notNull()
      .references(() => posts.id, { onDelete: "cascade" }),
    openedAt: moment("opened_at").notNull(),
    /** When it closes by itself: 72 hours after the claim was over. */
    closesAt: moment("closes_at"),
    closedAt: moment("closed_at"),
    closedWhy: text("closed_why", { enum: ["over", "blocked", "stopped"] }),
    reportedAt: moment("reported_at"),
    reportedBy: uuid("reported_by").references(() => people.id, { onDelete: "set null" }),
  },
  (t) => [
    index("relays_post").on(t.postId),
    index("relays_closing")
      .on(t.closesAt)
      .where(sql`closed_at is null and closes_at is not null`),
    index("relays_reported")
      .on(t.reportedAt)
      .where(sql`reported_at is not null`),
  ],
);

/** The two sides of a relay. A side that has one of our numbers to itself needs no code in its texts. */
export const relayParties = pgTable(
  "relay_parties",
  {
    relayId: uuid("relay_id")
      .notNull()
      .references(() => relays.id, { onDelete: "cascade" }),
    side: text("side", { enum: ["author", "claimer"] }).notNull(),
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id, { onDelete: "cascade" }),
    senderId: uuid("sender_id"),
    open: boolean("open").notNull().default(true),
    /** When they said SHARE. */
    sharedAt: moment("shared_at"),
  },
  (t) => [
    primaryKey({ columns: [t.relayId, t.side] }),
    index("relay_parties_person").on(t.personId),
    index("relay_parties_open")
      .on(t.personId)
      .where(sql`open`),
    uniqueIndex("relay_parties_number")
      .on(t.personId, t.senderId)
      .where(sql`open and sender_id is not null`),
  ],
);

/** What was said, sealed. Coordinators read it only when one side reported it. */
export const relayTexts = pgTable(
  "relay_texts",
  {
    id: uuid("id").primaryKey(),
    relayId: uuid("relay_id")
      .notNull()
      .references(() => relays.id, { onDelete: "cascade" }),
    side: text("side", { enum: ["author", "claimer"] }).notNull(),
    bodySealed: text("body_sealed"),
    /** The request or inbound text that said it: the same one is kept once. */
    sayKey: text("say_key").notNull().unique(),
    createdAt: moment("created_at").notNull(),
  },
  (t) => [index("relay_texts_relay").on(t.relayId, t.createdAt)],
);
