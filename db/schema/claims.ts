import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
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
    /** When an unfinished promise lapses and its quantity opens again. */
    dueAt: moment("due_at").notNull(),
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
    index("claims_due")
      .on(t.dueAt)
      .where(sql`status in ('promised', 'on_the_way')`),
    index("claims_delivered")
      .on(t.updatedAt)
      .where(sql`status = 'delivered'`),
  ],
);
