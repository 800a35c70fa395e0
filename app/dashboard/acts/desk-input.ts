import { z } from "zod";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { NewPostFields } from "#app/posts/post-input.ts";
import { Quantity } from "#app/posts/step-input.ts";
import { STATES } from "../post-list.ts";
import type { DeskSeen } from "./desk.ts";

const say = (id: MessageId) => ({ error: id });
/** How often it had been changed when the form was shown. */
const revision = z.coerce.number().int().min(0);

/** What the page had shown, as its forms send it back. Only ever shown to whoever sent it. */
const Seen = z
  .object({
    title: z.string(),
    details: z.string(),
    quantity: z.string(),
    urgency: NewPostFields.urgency,
    place: z.string(),
    visibility: NewPostFields.visibility,
    left: z.string(),
    state: z.enum(STATES),
  })
  .partial();

/** Of an edit, what was typed; of the other acts, what whoever pressed had seen. */
export function readSeen(values: Record<string, string>): Partial<DeskSeen> {
  const seen = values["act"] === "edit" ? values : parsedJson(values["seen"] ?? "");
  return Seen.safeParse(seen).data ?? {};
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

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
