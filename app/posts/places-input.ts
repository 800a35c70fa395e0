import { z } from "zod";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { LIMITS } from "#app/posts/post-input.ts";

const say = (id: MessageId) => ({ error: id });

/** Latitude and longitude as map apps copy them: "42.3391, -83.0218", with a comma, a semicolon or blanks between. */
const Coordinates = z
  .string(say("places.error.at"))
  .transform(
    (text) =>
      /^\s*(-?\d{1,2}(?:\.\d+)?)°?\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)°?\s*$/.exec(text)?.slice(1).map(Number) ?? [],
  )
  .refine(([lat = NaN, lng = NaN]) => Math.abs(lat) <= 90 && Math.abs(lng) <= 180, say("places.error.at"))
  .transform(([lat = 0, lng = 0]) => ({ lat, lng }));

/** A place as a coordinator writes it down. */
export const PlaceInput = z.object({
  name: z
    .string(say("places.error.name"))
    .trim()
    .min(1, say("places.error.name"))
    .max(LIMITS.place, say("posts.error.too_long")),
  at: Coordinates,
});
export type PlaceGiven = z.output<typeof PlaceInput>;
