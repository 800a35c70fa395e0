import { sql } from "drizzle-orm";
import { boolean, index, integer, jsonb, pgTable, primaryKey, smallint, text, unique, uuid } from "drizzle-orm/pg-core";
import type { CategoryField } from "../../app/groups/category-field.ts";
import type { Translations } from "../../app/i18n/locales.ts";
import { moment } from "./columns.ts";
import { people } from "./people.ts";

/** A working group: kitchen, comfort, medics … `translations` holds `name` and `blurb` in other languages. */
export const groups = pgTable("groups", {
  id: uuid("id").primaryKey(),
  slug: text("slug").notNull().unique(),
  name: text("name").notNull(),
  blurb: text("blurb").notNull(),
  translations: jsonb("translations").$type<Translations>().notNull().default({}),
  /** `open`: joining is at once; `ask`: a coordinator accepts. */
  joining: text("joining", { enum: ["open", "ask"] })
    .notNull()
    .default("open"),
  /** New posts wait in review where true. */
  moderates: boolean("moderates").notNull().default(false),
  /** Whom to ask may be weighed by what came of asking before; off: by what people said alone. */
  learns: boolean("learns").notNull().default(true),
  /** No alerts of this group between these hours, whatever a person's own hours allow; null: only their own count. */
  quietFrom: smallint("quiet_from"),
  quietTo: smallint("quiet_to"),
  /** At most so many alerts of this group in seven days for one person. */
  weeklyCap: smallint("weekly_cap"),
  /** Contact data of a closed post is erased so many days after. */
  retentionDays: smallint("retention_days").notNull().default(30),
  /** Words that, texted to us, mean this group. */
  keywords: text("keywords")
    .array()
    .notNull()
    .default(sql`'{}'`),
  /** What who joins is told first; in other languages under `translations`. */
  welcome: text("welcome"),
  position: smallint("position").notNull().default(0),
  createdAt: moment("created_at").notNull(),
});

/** What a post is about. `translations` holds `name`, `unit` and `unit_one` in other languages. */
export const categories = pgTable(
  "categories",
  {
    id: uuid("id").primaryKey(),
    groupId: uuid("group_id")
      .notNull()
      .references(() => groups.id),
    slug: text("slug").notNull(),
    name: text("name").notNull(),
    unit: text("unit").notNull(),
    unitOne: text("unit_one").notNull(),
    translations: jsonb("translations").$type<Translations>().notNull().default({}),
    expiryHours: integer("expiry_hours")
      .notNull()
      .default(14 * 24),
    defaultVisibility: text("default_visibility", { enum: ["everyone", "volunteers", "team"] })
      .notNull()
      .default("everyone"),
    /** What else is asked when posting, and weighed when matching. */
    fields: jsonb("fields").$type<CategoryField[]>().notNull().default([]),
    /** Needed within so many hours unless its author says otherwise. */
    neededWithinHours: integer("needed_within_hours"),
    /** No longer offered when posting; its posts stay. */
    archivedAt: moment("archived_at"),
    position: smallint("position").notNull().default(0),
  },
  (t) => [unique("categories_slug").on(t.groupId, t.slug)],
);

/** Who belongs to a group, in which role, and what they want to be texted about. */
export const memberships = pgTable(
  "memberships",
  {
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id, { onDelete: "cascade" }),
    groupId: uuid("group_id")
      .notNull()
      .references(() => groups.id),
    role: text("role", { enum: ["volunteer", "coordinator"] })
      .notNull()
      .default("volunteer"),
    state: text("state", { enum: ["asked", "active", "left"] })
      .notNull()
      .default("active"),
    /** Text me about new needs of this group. */
    alerts: boolean("alerts").notNull().default(true),
    /** Text me when somebody claims a need of this group. */
    hearsClaims: boolean("hears_claims").notNull().default(false),
    /** Only needs of these categories; empty means all of the group's. */
    categoryIds: uuid("category_ids")
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** When a coordinator let them in or checked who they are, and which one: what they promise then opens an address to them. */
    vettedAt: moment("vetted_at"),
    vettedBy: uuid("vetted_by"),
    /** What coordinators note about them; they read it under "what we hold". */
    noteSealed: text("note_sealed"),
    /** A coordinator gave them a rest: nothing of this group until then. */
    pausedUntil: moment("paused_until"),
    createdAt: moment("created_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.personId, t.groupId] }),
    index("memberships_alerts")
      .on(t.groupId)
      .where(sql`state = 'active' and alerts`),
    index("memberships_group").on(t.groupId, t.state),
  ],
);
