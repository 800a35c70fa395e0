import { sql } from "drizzle-orm";
import { index, integer, pgTable, smallint, text, uuid } from "drizzle-orm/pg-core";
import { moment, providerNextAt } from "./columns.ts";
import { groups } from "./groups.ts";
import { people } from "./people.ts";
import { posts } from "./posts.ts";

/** Texts people sent us, once each by the provider's id. Number and words are sealed. */
export const inboundTexts = pgTable(
  "inbound_texts",
  {
    messageSid: text("message_sid").primaryKey(),
    phoneLookup: text("phone_lookup").notNull(),
    fromSealed: text("from_sealed"),
    bodySealed: text("body_sealed"),
    /** Our number that it came to. */
    toNumber: text("to_number").notNull().default(""),
    /** How many pictures or files came with it; they are not fetched. */
    media: smallint("media").notNull().default(0),
    source: text("source", { enum: ["webhook", "sweep"] })
      .notNull()
      .default("webhook"),
    keyword: text("keyword"),
    providerNextAt: providerNextAt(),
    receivedAt: moment("received_at").notNull(),
    /** When a worker was done with it; null while it waits. */
    handledAt: moment("handled_at"),
    /** What it was understood as: a command, `answer`, `relay`, or `inbox` when a person must read it. */
    outcome: text("outcome"),
    /** How often a worker began with it: a text that fails again and again goes to a person. */
    tries: smallint("tries").notNull().default(0),
  },
  (t) => [
    index("inbound_texts_phone").on(t.phoneLookup, t.receivedAt),
    index("inbound_texts_copies")
      .on(t.providerNextAt)
      .where(sql`from_sealed is null and provider_next_at is not null`),
    index("inbound_texts_held")
      .on(t.receivedAt)
      .where(sql`from_sealed is not null`),
    index("inbound_texts_waiting")
      .on(t.phoneLookup, t.receivedAt)
      .where(sql`handled_at is null`),
  ],
);

/**
 * One phone that writes to us. Whoever works on its texts holds the lease, so they are handled one after the other; the
 * conversation (a need being typed, a list that was sent) moves only from the version that was read.
 */
export const textThreads = pgTable(
  "text_threads",
  {
    phoneLookup: text("phone_lookup").primaryKey(),
    /** What the coordinators' inbox calls it in addresses. */
    id: uuid("id").notNull().unique().defaultRandom(),
    phoneSealed: text("phone_sealed").notNull(),
    personId: uuid("person_id").references(() => people.id, { onDelete: "set null" }),
    conversationSealed: text("conversation_sealed"),
    conversationExpiresAt: moment("conversation_expires_at"),
    version: integer("version").notNull().default(0),
    lastHeardAt: moment("last_heard_at").notNull(),
    /** Since when a text of theirs waits for a worker; null: none does. */
    waitingSince: moment("waiting_since"),
    leasedBy: text("leased_by"),
    leaseUntil: moment("lease_until"),
    /** The coordinators' inbox: since when something there waits for a person, and which group looks after it. */
    unreadSince: moment("unread_since"),
    groupId: uuid("group_id").references(() => groups.id),
    postId: uuid("post_id").references(() => posts.id, { onDelete: "set null" }),
    /** How often a coordinator has answered, and the last time: two who answer at once learn of each other. */
    answers: integer("answers").notNull().default(0),
    answeredAt: moment("answered_at"),
    answeredBy: uuid("answered_by").references(() => people.id, { onDelete: "set null" }),
    updatedAt: moment("updated_at").notNull(),
  },
  (t) => [
    index("text_threads_waiting")
      .on(t.waitingSince)
      .where(sql`waiting_since is not null`),
    index("text_threads_unread")
      .on(t.unreadSince)
      .where(sql`unread_since is not null`),
    index("text_threads_person").on(t.personId),
    index("text_threads_latest").on(t.lastHeardAt),
  ],
);

/** Calls to our number: a greeting, then a message somebody leaves or a wish to be texted back. */
export const voiceCalls = pgTable(
  "voice_calls",
  {
    callSid: text("call_sid").primaryKey(),
    phoneLookup: text("phone_lookup").notNull(),
    fromSealed: text("from_sealed"),
    toNumber: text("to_number").notNull().default(""),
    state: text("state", { enum: ["ringing", "recorded", "text_back", "ended"] })
      .notNull()
      .default("ringing"),
    recordingSid: text("recording_sid"),
    recordingSeconds: integer("recording_seconds"),
    transcriptSealed: text("transcript_sealed"),
    providerNextAt: providerNextAt(),
    receivedAt: moment("received_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
    /** When a coordinator made a need of it, or put it away. */
    handledAt: moment("handled_at"),
    postId: uuid("post_id").references(() => posts.id, { onDelete: "set null" }),
  },
  (t) => [index("voice_calls_phone").on(t.phoneLookup, t.receivedAt)],
);
