import { z } from "zod";
import { BOARD_STATES, readCursor } from "#app/posts/board-filter.ts";
import { LIMITS } from "#app/posts/post-input.ts";
import { parsePhone } from "#app/people/phone.server.ts";
import { or } from "./bad-input.ts";
import { code, cursor, language, limit, locale, moment, maybeWords, quantity, slug, words } from "./fields.ts";

const coordinates = z
  .string()
  .regex(/^-?\d{1,2}(\.\d{1,10})?,-?\d{1,3}(\.\d{1,10})?$/)
  .transform((text) => {
    const [lat = 0, lng = 0] = text.split(",").map(Number);
    return { lat, lng };
  })
  .refine(({ lat, lng }) => Math.abs(lat) <= 90 && Math.abs(lng) <= 180, or("written"));

export const PostsQuery = z
  .strictObject({
    kind: z.enum(["need", "offer"]).optional(),
    group: slug.optional(),
    category: slug.optional(),
    q: words(200).optional().describe("Words of the title, the details or the place"),
    status: z
      .enum(BOARD_STATES)
      .default("open")
      .describe("open: something is left to claim; covered: open, but nothing is left; all: open, covered and closed"),
    near: coordinates.optional().describe("lat,lng in degrees"),
    within_km: z.coerce.number().min(0.1).max(20_000).optional().describe("With `near`; 5 unless given"),
    cursor: cursor.refine((text) => readCursor(text) !== null, or("page")).optional(),
    limit,
  })
  .refine((query) => query.within_km === undefined || query.near !== undefined, or("needs_near", ["within_km"]));

const phone = z
  .string()
  .max(60)
  .transform((text, context) => {
    const parsed = parsePhone(text);
    if (!parsed) context.addIssue({ code: "custom", ...or("phone") });
    return parsed ?? "";
  })
  .describe("In any common format; answers have E.164");

const urgency = z.enum(["normal", "soon", "urgent"]);
const latitude = z.number().min(-90).max(90);
const longitude = z.number().min(-180).max(180);
const title = words(LIMITS.title);
const details = maybeWords(LIMITS.details);
const place = maybeWords(LIMITS.place);
const address = maybeWords(LIMITS.address).describe(
  "Kept sealed; only the claimer and the group's coordinators see it",
);
const privateNote = maybeWords(LIMITS.privateNote).describe("Kept sealed, like the address");
const languages = z.array(language).max(10);

const answers = z
  .record(slug, z.array(words(200)).max(50))
  .refine((given) => Object.keys(given).length <= 50, or("written"))
  .describe(
    "Keys of the category's fields, each with the keys of the options chosen, or with the one answer of another type",
  );

type Span = { window_start?: Date | null | undefined; window_end?: Date | null | undefined };
type Spot = { lat?: number | null | undefined; lng?: number | null | undefined };
const inOrder = ({ window_start: start, window_end: end }: Span) => !start || !end || start <= end;
const bothOrNone = ({ lat, lng }: Spot) => (typeof lat === "number") === (typeof lng === "number");

export const NewPostBody = z
  .strictObject({
    kind: z.enum(["need", "offer"]),
    group: slug,
    category: slug.nullish(),
    title,
    details: details.nullish(),
    quantity: quantity.nullable().default(1),
    urgency: urgency.nullable().default("normal"),
    window_start: moment.nullish(),
    window_end: moment.nullish(),
    place: place.nullish(),
    lat: latitude.nullish().describe("Stored as the middle of its grid cell of about 1 km"),
    lng: longitude.nullish(),
    address: address.nullish(),
    private_note: privateNote.nullish(),
    languages: languages.nullable().default([]),
    answers: answers.nullish(),
    contact: z.strictObject({
      name: words(LIMITS.name),
      phone: phone.nullish(),
      email: z.email().max(254).nullish(),
    }),
    locale: locale.nullish().describe("Language of texts to the author; that of the answer unless given"),
  })
  .refine(inOrder, or("ends_first", ["window_end"]))
  .refine(bothOrNone, or("both_or_none", ["lat"]));

export const PostChangesBody = z
  .strictObject({
    status: z.literal("closed").optional().describe("With `closed_reason`, and nothing else to change"),
    closed_reason: z
      .enum(["fulfilled", "withdrawn", "met_for_now", "declined"])
      .optional()
      .describe("`declined` is for coordinators; `met_for_now` asks again after 7 days"),
    title: title.optional(),
    details: details.nullable().optional(),
    quantity: quantity.optional(),
    urgency: urgency.optional(),
    window_start: moment.nullable().optional(),
    window_end: moment.nullable().optional(),
    place: place.nullable().optional(),
    lat: latitude.nullable().optional(),
    lng: longitude.nullable().optional(),
    address: address.nullable().optional(),
    private_note: privateNote.nullable().optional(),
    languages: languages.optional(),
    answers: answers.optional().describe("A field left out stays; an empty list takes its answer back"),
  })
  .refine(inOrder, or("ends_first", ["window_end"]))
  .refine(bothOrNone, or("both_or_none", ["lat"]))
  .refine((body) => body.status === undefined || body.closed_reason !== undefined, or("missing", ["closed_reason"]))
  .refine((body) => body.closed_reason === undefined || body.status !== undefined, or("missing", ["status"]))
  .refine((body) => body.status === undefined || Object.keys(body).length === 2, or("closing_alone", ["status"]));

export const PostPath = z.object({ code });
