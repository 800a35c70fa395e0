import type { NotTexted } from "#app/core/countries.ts";
import type { Problem } from "#app/core/problems.ts";
import type { Fault } from "./sign-in-pages.tsx";

/** What a page says of a code that nobody is sent now: how long to wait. @param field where the reader mends it. */
export const tooManyCodes = ({ facts }: Problem, field: string): Fault => ({
  values: {},
  errors: { [field]: "people.error.too_many" },
  facts: { minutes: Math.ceil(Number(facts["seconds"] ?? 60) / 60) },
});

/** The same whatever is wrong with a code. */
export const WRONG_CODE: Fault = { values: {}, errors: { code: "problem.invalid-code" } };

/** A number that cannot be texted, or not by us. */
export const wrongPhone = ({ facts }: Problem): Fault => {
  const why = facts["why"] as NotTexted | undefined;
  return { values: {}, errors: { phone: why ? `people.error.phone_${why}` : "people.error.phone" } };
};
