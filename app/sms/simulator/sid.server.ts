import { randomBytes } from "node:crypto";

/** An id as the provider makes them: two letters and 32 hex digits. */
export const newSid = (prefix: "SM" | "CA" | "RE"): string => prefix + randomBytes(16).toString("hex");
