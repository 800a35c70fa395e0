import { sql } from "drizzle-orm";
import { index, pgTable, smallint, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { claims } from "./claims.ts";
import { moment } from "./columns.ts";
import { people } from "./people.ts";
import { posts } from "./posts.ts";

/**
 * A question with two answers, put to one person by text and on their page. At most one is open for a person and a
 * post, so that a code names it. `still_good`: a promise at its due time · `got_it`: a delivery · `need_again`: a need
 * that was met for now · `still_needed`: a post that is about to expire.
 */
export const questions = pgTable(
  "questions",
  {
    id: uuid("id").primaryKey(),
    kind: text("kind", { enum: ["still_good", "got_it", "need_again", "still_needed"] }).notNull(),
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id, { onDelete: "cascade" }),
    postId: uuid("post_id")
      .notNull()
      .references(() => posts.id, { onDelete: "cascade" }),
    claimId: uuid("claim_id").references(() => claims.id, { onDelete: "cascade" }),
    askedAt: moment("asked_at").notNull(),
    expiresAt: moment("expires_at").notNull(),
    /** 1 yes, 2 no; null while it is open, and when it was closed without an answer. */
    answer: smallint("answer"),
    closedAt: moment("closed_at"),
  },
  (t) => [
    uniqueIndex("questions_one_open")
      .on(t.personId, t.postId)
      .where(sql`closed_at is null`),
    index("questions_expiry")
      .on(t.expiresAt)
      .where(sql`closed_at is null`),
    index("questions_post").on(t.postId, t.kind),
    index("questions_claim").on(t.claimId),
  ],
);
