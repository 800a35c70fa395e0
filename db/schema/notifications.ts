import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  date,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  real,
  smallint,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { broadcasts } from "./broadcasts.ts";
import { moment, providerNextAt } from "./columns.ts";
import { people } from "./people.ts";

export const OUTBOX_STATES = [
  "queued",
  "claimed",
  "submitting",
  "submitted",
  "sent",
  "delivered",
  "undelivered",
  "failed",
  "uncertain",
  "dead",
  "suppressed",
  "expired",
  "canceled",
  "unknown",
] as const;

/** A number of ours, or a messaging service, with what it may send: a token bucket that all workers share. */
export const senders = pgTable("senders", {
  id: uuid("id").primaryKey(),
  /** E.164, or `MG…` for a messaging service. */
  address: text("address").notNull().unique(),
  /** Segments a second, and how many at once after a rest. */
  rate: real("rate").notNull(),
  burst: real("burst").notNull(),
  /** Segments a day in `timeZone`; null without a cap. */
  dailyCap: integer("daily_cap"),
  timeZone: text("time_zone").notNull(),
  tokens: doublePrecision("tokens").notNull(),
  refilledAt: moment("refilled_at").notNull(),
  day: date("day", { mode: "string" }),
  sentToday: integer("sent_today").notNull().default(0),
  pausedUntil: moment("paused_until"),
  /** The provider's code that paused it, or `by_hand`. */
  pauseReason: text("pause_reason"),
  /** False once the settings no longer name it. */
  enabled: boolean("enabled").notNull().default(true),
  createdAt: moment("created_at").notNull(),
});

/** The texts we owe people and what became of each. Names a person, never a number; the words are sealed. */
export const outbox = pgTable(
  "outbox",
  {
    id: uuid("id").primaryKey(),
    /** (event, person, template): the same telling can be written only once. */
    dedupeKey: text("dedupe_key").notNull().unique(),
    eventId: bigint("event_id", { mode: "number" }),
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id, { onDelete: "cascade" }),
    groupId: uuid("group_id"),
    /**
     * Which of our numbers it must leave by; null: any. No foreign key: senders are never deleted, and every text written
     * would share-lock the one row that all workers change with every claim.
     */
    senderId: uuid("sender_id"),
    broadcastId: uuid("broadcast_id").references(() => broadcasts.id),
    template: text("template").notNull(),
    /** 0 codes, 1 replies and consent, 5 notices, 9 bulk; lower goes first. */
    lane: smallint("lane").notNull(),
    bodySealed: text("body_sealed"),
    segments: smallint("segments").notNull().default(1),
    state: text("state", { enum: OUTBOX_STATES }).notNull().default("queued"),
    notBefore: moment("not_before").notNull(),
    expiresAt: moment("expires_at").notNull(),
    attempts: smallint("attempts").notNull().default(0),
    checks: smallint("checks").notNull().default(0),
    nextCheckAt: moment("next_check_at"),
    leasedBy: text("leased_by"),
    leaseUntil: moment("lease_until"),
    submitStartedAt: moment("submit_started_at"),
    providerSid: text("provider_sid").unique(),
    providerNextAt: providerNextAt(),
    providerStatus: text("provider_status"),
    statusRank: smallint("status_rank").notNull().default(0),
    errorCode: text("error_code"),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
    doneAt: moment("done_at"),
  },
  (t) => [
    index("outbox_ready")
      .on(t.senderId, t.lane, t.notBefore, t.id)
      .where(sql`state = 'queued'`),
    index("outbox_leases")
      .on(t.leaseUntil)
      .where(sql`state in ('claimed', 'submitting')`),
    index("outbox_words")
      .on(sql`coalesce(${t.doneAt}, ${t.expiresAt})`)
      .where(sql`body_sealed is not null`),
    index("outbox_copies")
      .on(t.providerNextAt)
      .where(sql`body_sealed is null and provider_sid is not null and provider_next_at is not null`),
    index("outbox_checks")
      .on(t.nextCheckAt)
      .where(sql`state = 'uncertain'`),
    index("outbox_person").on(t.personId, t.createdAt),
    index("outbox_in_flight")
      .on(t.personId)
      .where(sql`state in ('queued', 'claimed', 'submitting')`),
    index("outbox_group").on(t.groupId, t.createdAt, t.state),
    index("outbox_sender")
      .on(t.senderId, t.submitStartedAt)
      .where(sql`submit_started_at is not null`),
    index("outbox_broadcast")
      .on(t.broadcastId, t.state)
      .where(sql`broadcast_id is not null`),
  ],
);

/** Evidence: one row per call to the provider. Two sids for one outbox row are an alarm. */
export const outboxAttempts = pgTable(
  "outbox_attempts",
  {
    outboxId: uuid("outbox_id")
      .notNull()
      .references(() => outbox.id, { onDelete: "cascade" }),
    attempt: integer("attempt").notNull(),
    worker: text("worker").notNull(),
    startedAt: moment("started_at").notNull(),
    endedAt: moment("ended_at"),
    outcome: text("outcome"),
    httpStatus: smallint("http_status"),
    errorCode: text("error_code"),
    providerSid: text("provider_sid"),
  },
  (t) => [primaryKey({ columns: [t.outboxId, t.attempt] })],
);

/** Delivery reports as they came; they may come before the create call returns, in any order, and twice. */
export const deliveryReports = pgTable(
  "delivery_reports",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    providerSid: text("provider_sid").notNull(),
    outboxId: uuid("outbox_id"),
    status: text("status").notNull(),
    errorCode: text("error_code").notNull().default(""),
    receivedAt: moment("received_at").notNull(),
  },
  (t) => [unique("delivery_reports_once").on(t.providerSid, t.status, t.errorCode)],
);

/** Which workers are alive; `/readyz` looks here. */
export const workers = pgTable("workers", {
  id: text("id").primaryKey(),
  startedAt: moment("started_at").notNull(),
  seenAt: moment("seen_at").notNull(),
});
