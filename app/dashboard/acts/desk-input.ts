import { z } from "zod";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { NewPostFields } from "#app/posts/post-input.ts";
import { Quantity } from "#app/posts/step-input.ts";

const say = (id: MessageId) => ({ error: id });
/** How often it had been changed when the form was shown. */
const revision = z.coerce.number().int().min(0);

/** What a coordinator may change of somebody's post. */
export const DeskEdit = z.object({
  title: NewPostFields.title,
  details: NewPostFields.details.default(null),
  quantity: Quantity,
  urgency: NewPostFields.urgency,
  place: NewPostFields.place.default(null),
  visibility: NewPostFields.visibility,
  revision,
});

export const DeskClose = z.object({
  reason: z.enum(["fulfilled", "withdrawn", "met_for_now", "declined"], say("posts.error.reason")),
  revision,
});

export const DeskSplit = z.object({ part: Quantity, revision });

export const DeskSend = z.object({
  to: z.string(say("acts.error.to")).min(1, say("acts.error.to")),
  agreed: z.literal("yes", say("acts.error.agreed")),
  revision,
});

/** Only the words that were read get onto the board. */
export const DeskApprove = z.object({ revision });

export const DeskMerge = z.object({ keep: z.string().min(1), revision });
