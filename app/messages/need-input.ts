import { z } from "zod";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { LOCALES } from "#app/i18n/locales.ts";
import { parsePhone } from "#app/people/phone.server.ts";
import { NewPostFields } from "#app/posts/post-input.ts";
import { Quantity } from "#app/posts/step-input.ts";

const say = (id: MessageId) => ({ error: id });

/** The form that makes a need of somebody's texts: the questions of `/needs/new` on one page. */
export const NeedInput = z.object({
  what: z.string(say("posts.error.what")).regex(/^[\w-]+\/[\w-]*$/, say("posts.error.what")),
  title: NewPostFields.title,
  details: NewPostFields.details.default(null),
  quantity: Quantity,
  when: z.enum(["today", "days", "open"], say("posts.error.when")),
  place: NewPostFields.place.default(null),
  address: NewPostFields.address.default(null),
  privateNote: NewPostFields.privateNote.default(null),
  name: NewPostFields.name.default(null),
  textLocale: z.enum(LOCALES, say("posts.error.language")),
  visibility: NewPostFields.visibility,
  key: z.string().min(1).max(80),
  /** The `heardUntil` the form was shown with. */
  heard: z.coerce.number().int().min(0).max(8.64e15),
});

/** The same for somebody who called or came by: with their number, if they have one, and their consent. */
export const CallerInput = NeedInput.omit({ heard: true })
  .extend({ phone: z.string().default(""), agreed: z.literal("yes", say("acts.caller.error")) })
  .superRefine(({ phone }, issues) => {
    if (!phone.trim() || parsePhone(phone)) return;
    issues.addIssue({ code: "custom", path: ["phone"], message: "posts.error.phone" satisfies MessageId });
  });
export type CallerGiven = z.infer<typeof CallerInput>;

export type NeedGiven = z.infer<typeof NeedInput>;
