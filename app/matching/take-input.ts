import { z } from "zod";

/** What the form of a match sends. An empty quantity means as much as both sides have. */
export const TakeInput = z.object({
  other: z.string().min(1).max(40),
  key: z.string().min(8).max(100),
  quantity: z.preprocess(
    (typed) => (typed === "" || typed === undefined ? null : typed),
    z.coerce.number().int().min(1).max(1_000_000).nullable(),
  ),
});
