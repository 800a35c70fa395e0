import { z } from "zod";

const blank = (value: unknown) => (typeof value === "string" && value.trim() === "" ? null : value);
const wholeNumber = z.coerce
  .number("claims.error.quantity")
  .int("claims.error.quantity")
  .min(1, "claims.error.quantity")
  .max(1_000_000, "claims.error.quantity");
const quantity = z.preprocess(blank, wholeNumber.nullable());
const YEAR = 365 * 86_400_000;

/** What the claim form sends. An empty quantity means all that is left, an empty time that nobody knows yet. */
export const ClaimFormInput = z.object({
  quantity: quantity.default(null),
  eta: z
    .preprocess(blank, z.coerce.date("claims.error.eta").nullable())
    .refine((at) => at === null || Math.abs(at.getTime() - Date.now()) < YEAR, "claims.error.eta")
    .default(null),
  note: z.preprocess(blank, z.string().trim().max(500, "claims.error.note").nullable()).default(null),
  offer: z.preprocess(blank, z.string().max(40).nullable()).default(null),
  key: z.string().min(8, "claims.error.key").max(100, "claims.error.key"),
});

/** Why somebody hands a promise back, if they care to say. */
export const RELEASE_REASONS = ["no_time", "too_far", "not_well", "other"] as const;

/** The next step of a promise. `quantity` only with `delivered`, `reason` only with `released`. */
export const StepFormInput = z.object({
  status: z.enum(["on_the_way", "delivered", "released", "confirmed"], "problem.invalid-input"),
  quantity: quantity.default(null),
  reason: z.preprocess(blank, z.enum(RELEASE_REASONS).nullable().catch(null)).default(null),
});
