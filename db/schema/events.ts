import { sql } from "drizzle-orm";
import { bigint, index, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";

/** What happened, written by the same statement as the change. `data` holds numbers and codes, never anything sealed. */
export const events = pgTable(
  "events",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    type: text("type").notNull(),
    groupId: uuid("group_id"),
    postId: uuid("post_id"),
    claimId: uuid("claim_id"),
    /** Who did it; `null` for the author by link and for the clock. */
    actorId: uuid("actor_id"),
    data: jsonb("data").$type<Record<string, string | number | boolean | null>>().notNull().default({}),
    at: moment("at").notNull(),
    fannedOutAt: moment("fanned_out_at"),
    /** Nobody is told before: until then whoever did it can take it back. */
    holdUntil: moment("hold_until"),
  },
  (t) => [
    index("events_waiting")
      .on(t.id)
      .where(sql`fanned_out_at is null`),
    index("events_post").on(t.postId, t.id),
    index("events_group").on(t.groupId, t.id),
    index("events_thread")
      .on(sql`(data->>'threadId')`, t.id)
      .where(sql`data ? 'threadId'`),
  ],
);
