import type { Locale } from "#app/i18n/locales.ts";

export type BroadcastState = "draft" | "waiting" | "sending" | "paused" | "stopped" | "sent";

/** The words by the language they are written in; a language without words has no key. */
export type BroadcastWords = Partial<Record<Locale, string>>;

/** More people than this and a second coordinator must let it go. */
export const NEEDS_A_SECOND_ABOVE = 100;

/** How long the words may be, in UTF-16 units: four segments of a plain text. */
export const LONGEST_WORDS = 600;

/** How a broadcast's text may wait in the outbox, from the moment it could go. */
export const VALID_HOURS = 24;
