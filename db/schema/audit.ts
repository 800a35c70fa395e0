import { bigint, index, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";

const what = {
  at: moment("at").notNull(),
  /** The type of an event, or `session.began`, `token.made`, `admin.changed`. */
  what: text("what").notNull(),
  actorId: uuid("actor_id"),
  groupId: uuid("group_id"),
  postId: uuid("post_id"),
  /** Whom it was done to. */
  subjectId: uuid("subject_id"),
  detail: jsonb("detail").$type<Record<string, unknown>>().notNull().default({}),
};

/** What is to be on record, as triggers wrote it with the change itself; one worker moves it into the chain. */
export const auditInbox = pgTable("audit_inbox", {
  id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
  ...what,
});

/**
 * Who read or did what somebody may ask about later, in ids. Each row's hash covers its own words and the hash before it, so nothing can be
 * changed, left out or put between without every later row showing it. Nothing is ever updated or deleted.
 */
export const auditLog = pgTable(
  "audit_log",
  { n: bigint("n", { mode: "number" }).primaryKey(), ...what, hash: text("hash").notNull() },
  (t) => [index("audit_log_group").on(t.groupId, t.n), index("audit_log_what").on(t.what, t.n)],
);
