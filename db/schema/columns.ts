import { sql } from "drizzle-orm";
import { timestamp } from "drizzle-orm/pg-core";

/** A moment: `timestamptz`, read as a `Date`. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** When to ask the text provider (again) to delete its copy, once ours is erased; null when it has. */
export const providerNextAt = () => moment("provider_next_at").default(sql`'-infinity'`);
