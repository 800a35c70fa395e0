import { z } from "zod";
import { DISMISS_REASONS } from "#app/events/event.ts";
import { TakeInput } from "./take-input.ts";

const pair = { need: z.string().min(1).max(40), other: z.string().min(1).max(40) };

/** What the forms of the queue send. */
export const QueueInput = z.discriminatedUnion("act", [
  z.object({ act: z.literal("accept"), ...pair, key: TakeInput.shape.key, quantity: TakeInput.shape.quantity }),
  z.object({ act: z.literal("dismiss"), ...pair, reason: z.enum(DISMISS_REASONS) }),
  z.object({ act: z.literal("undo"), ...pair }),
  z.object({ act: z.literal("apart"), ...pair }),
  z.object({ act: z.literal("together"), one: z.guid(), other: z.guid() }),
]);
export type QueueAct = z.output<typeof QueueInput>;
