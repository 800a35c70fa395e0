import { z } from "zod";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { LOCALES } from "#app/i18n/locales.ts";

/** How long words may be, in UTF-16 units, as `String.length` counts; and how many of a thing. */
export const LIMITS = {
  title: 120,
  details: 2000,
  place: 80,
  address: 300,
  privateNote: 1000,
  name: 80,
  quantity: 100_000,
} as const;

const say = (id: MessageId) => ({ error: id });

/** Words of at most `max` units, trimmed. PostgreSQL keeps no NUL, so it is refused instead of dropped unseen. */
const words = (max: number) =>
  z
    .string(say("posts.error.text"))
    .trim()
    .max(max, say("posts.error.too_long"))
    .refine((text) => !text.includes("\0"), say("posts.error.odd_sign"));

/** The same, where empty means nothing was said. */
const maybe = (max: number) => words(max).transform((text) => text || null);

/**
 * The parts of a new post that web forms and the JSON API share: limits, and messages that are ids of the catalogues.
 * Keys are those of `NewPost`; each surface puts its own object together and names its fields as it likes.
 */
export const NewPostFields = {
  kind: z.enum(["need", "offer"], say("posts.error.kind")),
  title: words(LIMITS.title).min(1, say("posts.error.title")),
  details: maybe(LIMITS.details),
  quantity: z
    .int(say("posts.error.quantity"))
    .min(1, say("posts.error.quantity"))
    .max(LIMITS.quantity, say("posts.error.quantity")),
  urgency: z.enum(["normal", "soon", "urgent"], say("posts.error.when")),
  moment: z.iso
    .datetime({ offset: true, error: "posts.error.moment" satisfies MessageId })
    .transform((text) => new Date(text)),
  place: maybe(LIMITS.place),
  lat: z.number(say("posts.error.spot")).min(-90, say("posts.error.spot")).max(90, say("posts.error.spot")),
  lng: z.number(say("posts.error.spot")).min(-180, say("posts.error.spot")).max(180, say("posts.error.spot")),
  address: maybe(LIMITS.address),
  privateNote: maybe(LIMITS.privateNote),
  visibility: z.enum(["everyone", "volunteers", "team"], say("posts.error.visibility")),
  /** Two- or three-letter language codes (ISO 639). */
  languages: z
    .array(z.string().regex(/^[a-z]{2,3}$/, say("posts.error.language")))
    .max(10, say("posts.error.language")),
  locale: z.enum(LOCALES, say("posts.error.language")),
  name: maybe(LIMITS.name),
  email: z.email(say("posts.error.email")).max(254, say("posts.error.email")),
};
