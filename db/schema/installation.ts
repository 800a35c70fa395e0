import { pgTable, text } from "drizzle-orm/pg-core";

/** Facts about this installation: `data_key_check` proves at start that DATA_KEY opens what the database holds. */
export const installation = pgTable("installation", { key: text("key").primaryKey(), value: text("value").notNull() });
