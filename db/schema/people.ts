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
  smallint,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";

/** A neighbour. Names and numbers are sealed; `phone_lookup` is the keyed fingerprint that finds the row. */
export const people = pgTable("people", {
  id: uuid("id").primaryKey(),
  nameSealed: text("name_sealed"),
  phoneSealed: text("phone_sealed"),
  phoneLookup: text("phone_lookup").unique(),
  emailSealed: text("email_sealed"),
  locale: text("locale").notNull().default("en"),
  timeZone: text("time_zone").notNull().default("America/New_York"),
  quietFrom: smallint("quiet_from").notNull().default(21),
  quietTo: smallint("quiet_to").notNull().default(8),
  monthlyCap: smallint("monthly_cap"),
  /** Languages they speak, beside `locale`, the one they read our texts in. */
  languages: text("languages")
    .array()
    .notNull()
    .default(sql`'{}'`),
  /** Where they usually are, snapped to the grid like a post; null when they did not say. */
  lat: doublePrecision("lat"),
  lng: doublePrecision("lng"),
  /** Urgent needs may wake them. */
  urgentAtNight: boolean("urgent_at_night").notNull().default(false),
  /** No alerts until then: they asked for a rest. Texts about their own posts and promises still come. */
  pausedUntil: moment("paused_until"),
  /** Texts to them say nothing of what or where: somebody else may read this phone. */
  discreet: boolean("discreet").notNull().default(false),
  isAdmin: boolean("is_admin").notNull().default(false),
  /** When the person first proved the number by entering a code. */
  verifiedAt: moment("verified_at"),
  /** When whoever runs the installation vouched for them, with `npm run person`. */
  vouchedAt: moment("vouched_at"),
  createdAt: moment("created_at").notNull(),
});

/** A 6-digit code that was asked for. The code itself is stored nowhere: it is an HMAC of `id`, which the browser that asked holds in a cookie. */
export const signInCodes = pgTable(
  "sign_in_codes",
  {
    id: uuid("id").primaryKey(),
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id, { onDelete: "cascade" }),
    tries: smallint("tries").notNull().default(0),
    createdAt: moment("created_at").notNull(),
    expiresAt: moment("expires_at").notNull(),
    usedAt: moment("used_at"),
    /** Of whoever has a second step: how often it was tried after this code, and when it was right. */
    stepTries: smallint("step_tries").notNull().default(0),
    steppedAt: moment("stepped_at"),
  },
  (t) => [index("sign_in_codes_person").on(t.personId, t.createdAt)],
);

/** A signed-in browser. The cookie holds the token, this table its SHA-256. */
export const sessions = pgTable(
  "sessions",
  {
    tokenHash: text("token_hash").primaryKey(),
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id, { onDelete: "cascade" }),
    device: text("device").notNull().default(""),
    createdAt: moment("created_at").notNull(),
    /** Day-granular on purpose: we do not keep when somebody was awake. */
    seenOn: date("seen_on", { mode: "string" }).notNull(),
    expiresAt: moment("expires_at").notNull(),
    revokedAt: moment("revoked_at"),
  },
  (t) => [index("sessions_person").on(t.personId)],
);

/** Somebody has another number now. For a day whoever holds the old one, who is `keptId` meanwhile, can take it back. */
export const numberChanges = pgTable(
  "number_changes",
  {
    id: uuid("id").primaryKey(),
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id, { onDelete: "cascade" }),
    keptId: uuid("kept_id")
      .notNull()
      .references(() => people.id, { onDelete: "cascade" }),
    at: moment("at").notNull(),
    undoneAt: moment("undone_at"),
  },
  (t) => [index("number_changes_person").on(t.personId), index("number_changes_kept").on(t.keptId)],
);

/**
 * What proves who somebody is beside their number, or instead of it: a passkey (`id` is its credential id), an app that shows
 * codes, and codes on paper for when both are gone (`id` is a keyed hash; used ones are deleted).
 */
export const secondSteps = pgTable(
  "second_steps",
  {
    id: text("id").primaryKey(),
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id, { onDelete: "cascade" }),
    kind: text("kind", { enum: ["passkey", "app", "paper"] }).notNull(),
    /** Of a passkey: base64url of its COSE key. Public. */
    publicKey: text("public_key"),
    /** Of an app: what its codes are made from, base32. */
    secretSealed: text("secret_sealed"),
    /** Only ever grows: a passkey's signature counter, an app's last 30 seconds that were used. */
    counter: bigint("counter", { mode: "number" }).notNull().default(0),
    device: text("device").notNull().default(""),
    createdAt: moment("created_at").notNull(),
    usedOn: date("used_on", { mode: "string" }),
  },
  (t) => [index("second_steps_person").on(t.personId)],
);

export const apiTokens = pgTable(
  "api_tokens",
  {
    tokenHash: text("token_hash").primaryKey(),
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id, { onDelete: "cascade" }),
    createdAt: moment("created_at").notNull(),
    revokedAt: moment("revoked_at"),
  },
  (t) => [index("api_tokens_person").on(t.personId)],
);

/** Counters of a fixed window; `key` is a keyed hash, so neither numbers nor addresses are kept. */
export const rateLimits = pgTable(
  "rate_limits",
  { key: text("key").notNull(), windowStart: moment("window_start").notNull(), hits: integer("hits").notNull() },
  (t) => [primaryKey({ columns: [t.key, t.windowStart] }), index("rate_limits_window").on(t.windowStart)],
);

/** Append-only ledger of who may be texted; keyed by the lookup alone, so it outlives the person's erasure. */
export const consentEvents = pgTable(
  "consent_events",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    phoneLookup: text("phone_lookup").notNull(),
    action: text("action", { enum: ["in", "out"] }).notNull(),
    source: text("source", { enum: ["keyword", "freeform", "web", "coordinator", "provider"] }).notNull(),
    at: moment("at").notNull(),
  },
  (t) => [index("consent_events_latest").on(t.phoneLookup, t.id), index("consent_events_when").on(t.at)],
);
