import { z } from "zod";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { westernDigits } from "#app/people/phone.server.ts";
import { NewPostFields } from "#app/posts/post-input.ts";
import { Quantity } from "#app/posts/step-input.ts";

const say = (id: MessageId) => ({ error: id });

/** What the author may change over the private link; `keep` leaves the time as it is. */
export const EditInput = z.object({
  title: NewPostFields.title,
  details: NewPostFields.details.default(null),
  quantity: Quantity,
  when: z.enum(["keep", "today", "days", "open"], say("posts.error.when")).default("keep"),
  place: NewPostFields.place.default(null),
  address: NewPostFields.address.default(null),
  privateNote: NewPostFields.privateNote.default(null),
});

/** How the author closes it. The days count only for "met for now". */
export const CloseInput = z.object({
  reason: z.enum(["fulfilled", "withdrawn", "met_for_now"], say("posts.error.reason")),
  days: z
    .string()
    .default("7")
    .transform((text) => Number(westernDigits(text) || "7"))
    .pipe(z.int(say("posts.error.days")).min(1, say("posts.error.days")).max(60, say("posts.error.days"))),
});
