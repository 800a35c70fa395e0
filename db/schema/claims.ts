import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, smallint, text, unique, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";
import { people } from "./people.ts";
import { posts } from "./posts.ts";

/** One person's promise on a post, for all or part of its quantity. */
export const claims = pgTable(
  "claims",
  {
    id: uuid("id").primaryKey(),
    postId: uuid("post_id")
      .notNull()
      .references(() => posts.id),
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id),
    /** The offer that backs this promise; its remainder was lowered by the same statement. */
    offerId: uuid("offer_id").references(() => posts.id),
    quantity: integer("quantity").notNull(),
    /** How many arrived; `null` until delivered. What did not arrive went back to the post. */
    deliveredQuantity: integer("delivered_quantity"),
    status: text("status", {
      enum: ["promised", "on_the_way", "delivered", "confirmed", "released", "lapsed"],
    })
      .notNull()
      .default("promised"),
    eta: moment("eta"),
    /** When it should be done: then the claimer is asked whether it still holds. */
    dueAt: moment("due_at").notNull(),
    /** When an unfinished promise goes back to the board: the due time and a time of grace. */
    lapsesAt: moment("lapses_at").notNull(),
    /** When to remind the claimer, half way to the due time; null once done, and where it is not worth it. */
    nudgeAt: moment("nudge_at"),
    /** When a coordinator last reminded the claimer by hand. */
    nudgedAt: moment("nudged_at"),
    /** When to ask next: the claimer whether it still holds, or after delivery the receiver whether it came. */
    askAt: moment("ask_at"),
    /** How often the receiver was asked whether it came. */
    receiptAsks: smallint("receipt_asks").notNull().default(0),
    noteSealed: text("note_sealed"),
    releaseReason: text("release_reason"),
    idempotencyKey: text("idempotency_key").notNull(),
    /** Fingerprint of the request sent with the key; the same key with another request is refused. */
    requestHash: text("request_hash").notNull(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (t) => [
    unique("claims_idempotency").on(t.personId, t.idempotencyKey),
    check("claims_quantity", sql`quantity >= 1`),
    index("claims_post").on(t.postId, t.createdAt),
    index("claims_person").on(t.personId, t.createdAt),
    /** What is still promised, whose and of what without reading the table. */
    index("claims_lapse")
      .on(t.lapsesAt, t.postId, t.personId)
      .where(sql`status in ('promised', 'on_the_way')`),
    index("claims_nudge")
      .on(t.nudgeAt)
      .where(sql`nudge_at is not null`),
    index("claims_ask")
      .on(t.askAt)
      .where(sql`ask_at is not null`),
    index("claims_backed")
      .on(t.createdAt)
      .where(sql`offer_id is not null`),
    index("claims_delivered")
      .on(t.updatedAt)
      .where(sql`status = 'delivered'`),
  ],
);

/** Who came too late and wants to be told first when something opens again. */
export const waitingList = pgTable(
  "waiting_list",
  {
    postId: uuid("post_id")
      .notNull()
      .references(() => posts.id, { onDelete: "cascade" }),
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id, { onDelete: "cascade" }),
    quantity: integer("quantity").notNull().default(1),
    createdAt: moment("created_at").notNull(),
    /** When they were told that it is open again. */
    offeredAt: moment("offered_at"),
  },
  (t) => [
    primaryKey({ columns: [t.postId, t.personId] }),
    index("waiting_list_next")
      .on(t.postId, t.createdAt)
      .where(sql`offered_at is null`),
  ],
);
