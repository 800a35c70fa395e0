import { sql } from "drizzle-orm";
import { index, pgTable, primaryKey, real, smallint, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";
import { people } from "./people.ts";
import { posts } from "./posts.ts";

/** How far asking for help with a need has come: a few people first, more on a timer, until it is covered. */
export const waves = pgTable(
  "waves",
  {
    postId: uuid("post_id")
      .primaryKey()
      .references(() => posts.id, { onDelete: "cascade" }),
    sent: smallint("sent").notNull().default(0),
    /** A need that comes back after its time is asked about afresh: from which wave on, and since when. */
    roundFrom: smallint("round_from").notNull().default(0),
    roundAt: moment("round_at").notNull().defaultNow(),
    /** When the next wave goes out; null when there is nobody left to ask or nothing left to ask for. */
    nextAt: moment("next_at"),
    updatedAt: moment("updated_at").notNull(),
  },
  (t) => [
    index("waves_next")
      .on(t.nextAt)
      .where(sql`next_at is not null`),
  ],
);

/** Who was asked to help with a need, and in which wave last. Nobody is asked twice in one round of it. */
export const asks = pgTable(
  "asks",
  {
    postId: uuid("post_id")
      .notNull()
      .references(() => posts.id, { onDelete: "cascade" }),
    personId: uuid("person_id")
      .notNull()
      .references(() => people.id, { onDelete: "cascade" }),
    /** 0 where a coordinator asked them by hand. */
    wave: smallint("wave").notNull(),
    /** Their own offer that fits the need: a promise by text is backed by it. */
    offerId: uuid("offer_id").references(() => posts.id, { onDelete: "set null" }),
    /** How far they were then, in whole km; null: unknown. */
    km: smallint("km"),
    /** How likely it then seemed that asking them brings help; null where the group does not learn. */
    chance: real("chance"),
    askedAt: moment("asked_at").notNull(),
    /** They claimed, or said no. */
    answeredAt: moment("answered_at"),
    /** They said yes when it was covered already: as good as a yes. */
    wantedAt: moment("wanted_at"),
    /** They were told that it is covered, or need not be. */
    thankedAt: moment("thanked_at"),
  },
  (t) => [
    primaryKey({ columns: [t.postId, t.personId] }),
    index("asks_person").on(t.personId, t.askedAt),
    /** Of a period; asks come in the order of time, so this costs next to nothing. */
    index("asks_when").using("brin", t.askedAt),
    index("asks_unanswered")
      .on(t.askedAt)
      .where(sql`answered_at is null and thanked_at is null`),
  ],
);
