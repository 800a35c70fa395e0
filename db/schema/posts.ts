import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  customType,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { FieldAnswers } from "../../app/groups/category-field.ts";
import { moment } from "./columns.ts";
import { categories, groups } from "./groups.ts";
import { people } from "./people.ts";

const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });

/** A need or an offer. What could hurt its author is sealed; `lat` and `lng` are snapped to the grid before they get here. */
export const posts = pgTable(
  "posts",
  {
    id: uuid("id").primaryKey(),
    code: text("code").notNull().unique(),
    kind: text("kind", { enum: ["need", "offer"] }).notNull(),
    groupId: uuid("group_id")
      .notNull()
      .references(() => groups.id),
    categoryId: uuid("category_id").references(() => categories.id),
    authorId: uuid("author_id")
      .notNull()
      .references(() => people.id),
    title: text("title").notNull(),
    details: text("details"),
    quantity: integer("quantity").notNull().default(1),
    remaining: integer("remaining").notNull().default(1),
    /** How many arrived and are settled. Kept in the row so that two last confirmations at once still close the post; a reopening moves it back to `remaining`. */
    confirmed: integer("confirmed").notNull().default(0),
    urgency: text("urgency", { enum: ["normal", "soon", "urgent"] })
      .notNull()
      .default("normal"),
    windowStart: moment("window_start"),
    windowEnd: moment("window_end"),
    place: text("place"),
    lat: doublePrecision("lat"),
    lng: doublePrecision("lng"),
    addressSealed: text("address_sealed"),
    noteSealed: text("note_sealed"),
    contactNameSealed: text("contact_name_sealed"),
    visibility: text("visibility", { enum: ["everyone", "volunteers", "team"] })
      .notNull()
      .default("everyone"),
    languages: text("languages")
      .array()
      .notNull()
      .default(sql`'{}'`),
    locale: text("locale").notNull().default("en"),
    /** The answers to its category's fields, by field: the keys of chosen options. For volunteers' eyes. */
    answers: jsonb("answers").$type<FieldAnswers>().notNull().default({}),
    status: text("status", { enum: ["in_review", "open", "closed"] })
      .notNull()
      .default("open"),
    /** The group moderates and has not let these words onto the board: only the author and coordinators see the post. */
    unapproved: boolean("unapproved").notNull().default(false),
    /** Why a coordinator should look at it, until one has: `posts/concerns.ts` says what each means. */
    concerns: text("concerns")
      .array()
      .notNull()
      .default(sql`'{}'`),
    closedReason: text("closed_reason", { enum: ["fulfilled", "withdrawn", "expired", "met_for_now", "declined"] }),
    closedAt: moment("closed_at"),
    reopensAt: moment("reopens_at"),
    expiresAt: moment("expires_at").notNull(),
    firstClaimedAt: moment("first_claimed_at"),
    /** SHA-256 of the token in the author's private link. */
    manageHash: text("manage_hash").notNull().unique(),
    /** Makes a double tap one post: HMAC of the form's key. */
    submitKey: text("submit_key").unique(),
    /** Fingerprint of what was sent with `submit_key`; the same key with other words is refused. */
    submitHash: text("submit_hash"),
    /** Goes up with each edit, move or closing by a person: who saves over an older one is told, and nothing is overwritten. */
    revision: integer("revision").notNull().default(0),
    /** It was the same as another, which goes on for both; this one is closed as `declined`. */
    mergedInto: uuid("merged_into"),
    /** A part of another post, cut off so that each can be met by itself. */
    splitFrom: uuid("split_from"),
    /** The coordinator who wrote it down for somebody who called or came by. */
    enteredBy: uuid("entered_by"),
    /** The import that brought it, so that it can be taken back whole. */
    importId: uuid("import_id"),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
    /** Derived by PostgreSQL itself, so partial indexes can use it and claims that leave something stay HOT updates. */
    claimable: boolean("claimable")
      .notNull()
      .generatedAlwaysAs(sql`status = 'open' and remaining > 0`),
    search: tsvector("search").generatedAlwaysAs(
      sql`to_tsvector('simple', fold(title || ' ' || coalesce(details, '') || ' ' || coalesce(place, '')))`,
    ),
    /** The stems of what it is about, by the grammar of the language it is written in: compared, never searched. */
    stems: tsvector("stems").generatedAlwaysAs(
      sql`case locale when 'es' then to_tsvector('spanish', fold(title || ' ' || coalesce(details, '')))
        when 'ar' then to_tsvector('arabic', fold(title || ' ' || coalesce(details, '')))
        else to_tsvector('english', fold(title || ' ' || coalesce(details, ''))) end`,
    ),
  },
  (t) => [
    check("posts_quantity", sql`quantity >= 1`),
    check("posts_remaining", sql`remaining >= 0 and remaining <= quantity`),
    check("posts_confirmed", sql`confirmed >= 0 and confirmed + remaining <= quantity`),
    index("posts_contacts")
      .on(t.closedAt)
      .where(sql`status = 'closed' and coalesce(address_sealed, note_sealed, contact_name_sealed) is not null`),
    index("posts_board")
      .on(t.createdAt, t.id)
      .where(sql`claimable`),
    index("posts_board_kind")
      .on(t.kind, t.createdAt, t.id)
      .where(sql`claimable`),
    index("posts_board_group")
      .on(t.groupId, t.kind, t.createdAt, t.id)
      .where(sql`claimable`),
    index("posts_board_category")
      .on(t.categoryId, t.kind, t.createdAt, t.id)
      .where(sql`claimable`),
    index("posts_search")
      .using("gin", t.search)
      .where(sql`claimable`),
    /** Nothing left to claim but not done. On `claimable`, not `remaining`: a claim that leaves something stays HOT. */
    index("posts_covered")
      .on(t.createdAt, t.id)
      .where(sql`status = 'open' and not claimable`),
    index("posts_newest").on(t.createdAt, t.id),
    index("posts_near")
      .using("gist", sql`point(lng, lat)`)
      .where(sql`claimable`),
    /** The nearest that fit: of a shelf (category, else group), near a spot, at a time. */
    index("posts_offers_fitting")
      .using("gist", sql`coalesce(category_id, group_id)`, sql`spot(lat, lng)`, sql`span(window_start, window_end)`)
      .where(sql`claimable and kind = 'offer'`),
    /** The same of those alone that say what they have: where something must be there, the others are no use. */
    index("posts_offers_answering")
      .using("gist", sql`coalesce(category_id, group_id)`, sql`spot(lat, lng)`, sql`span(window_start, window_end)`)
      .where(sql`claimable and kind = 'offer' and answers <> '{}'`),
    index("posts_needs_fitting")
      .using("gist", sql`coalesce(category_id, group_id)`, sql`spot(lat, lng)`, sql`span(window_start, window_end)`)
      .where(sql`claimable and kind = 'need'`),
    /** The same of urgent needs alone: in a crowd of others they would not be among the nearest. */
    index("posts_urgent_fitting")
      .using("gist", sql`coalesce(category_id, group_id)`, sql`spot(lat, lng)`, sql`span(window_start, window_end)`)
      .where(sql`claimable and kind = 'need' and urgency = 'urgent'`),
    /** Those of a shelf that wait longest. */
    index("posts_needs_waiting")
      .on(sql`coalesce(category_id, group_id)`, t.createdAt)
      .where(sql`claimable and kind = 'need'`),
    /** What does not say where it is, by shelf: the index of what is near would be searched through for it. */
    index("posts_unlocated")
      .on(sql`coalesce(category_id, group_id)`, t.kind, t.createdAt)
      .where(sql`claimable and lat is null`),
    index("posts_author").on(t.authorId, t.createdAt),
    /** All that the figures of a period ask for, so that they are counted without reading the table. */
    index("posts_covering").on(t.groupId, t.createdAt, t.kind, t.status, t.closedReason, t.firstClaimedAt, t.closedAt),
    /** What is going on now, covered or not, and which it is without reading the table. */
    index("posts_current")
      .on(t.groupId, t.kind, t.status, t.claimable, t.createdAt, t.id)
      .where(sql`status <> 'closed'`),
    index("posts_expiry")
      .on(t.expiresAt)
      .where(sql`status = 'open'`),
    index("posts_reopening")
      .on(t.reopensAt)
      .where(sql`reopens_at is not null`),
    index("posts_concerning")
      .on(t.groupId, t.createdAt)
      .where(sql`concerns <> '{}'`),
    index("posts_imported")
      .on(t.importId)
      .where(sql`import_id is not null`),
  ],
);

/** A group that sent a post on to another and keeps an eye on it. */
export const postWatchers = pgTable(
  "post_watchers",
  {
    postId: uuid("post_id")
      .notNull()
      .references(() => posts.id, { onDelete: "cascade" }),
    groupId: uuid("group_id")
      .notNull()
      .references(() => groups.id),
    /** Who sent it on. */
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id, { onDelete: "cascade" }),
    createdAt: moment("created_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.postId, t.groupId] }), index("post_watchers_group").on(t.groupId, t.createdAt)],
);

/** What somebody has answered so far of the form for a new post: sealed, kept a day, wiped when it is sent. */
export const drafts = pgTable(
  "drafts",
  {
    /** SHA-256 of the token in the browser's cookie, and of the kind of post. */
    tokenHash: text("token_hash").primaryKey(),
    answersSealed: text("answers_sealed"),
    /** Set once it was sent: a second tap, or Back, leads to the same receipt. */
    postId: uuid("post_id").references(() => posts.id, { onDelete: "cascade" }),
    expiresAt: moment("expires_at").notNull(),
  },
  (t) => [index("drafts_expiry").on(t.expiresAt)],
);

/** Names people here know, each with the grid cell it lies in: whoever writes one of them is on the map without an address. */
export const places = pgTable(
  "places",
  {
    id: uuid("id").primaryKey(),
    name: text("name").notNull(),
    lat: doublePrecision("lat").notNull(),
    lng: doublePrecision("lng").notNull(),
    createdAt: moment("created_at").notNull(),
  },
  (t) => [uniqueIndex("places_name").on(sql`fold(${t.name})`)],
);
