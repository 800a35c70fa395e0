import { z } from "zod";

/** 1 yes, 2 no. */
export const AnswerInput = z.object({
  answer: z.enum(["1", "2"], "problem.invalid-input").transform((answer) => (answer === "1" ? 1 : 2)),
});
