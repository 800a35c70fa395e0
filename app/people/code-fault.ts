import type { NotTexted } from "#app/core/countries.ts";
import type { Problem } from "#app/core/problems.ts";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import type { Fault } from "./sign-in-pages.tsx";

/** What a page says to whoever tried too often: how long to wait. @param field where the reader mends it. */
export const tooMany = ({ facts }: Problem, field: string, id: MessageId = "people.error.too_many"): Fault => ({
  values: {},
  errors: { [field]: id },
  facts: { minutes: Math.ceil(Number(facts["seconds"] ?? 60) / 60) },
});

/** The same whatever is wrong with a code. */
export const WRONG_CODE: Fault = { values: {}, errors: { code: "problem.invalid-code" } };

/** A number that cannot be texted, or not by us. */
export const wrongPhone = ({ facts }: Problem): Fault => {
  const why = facts["why"] as NotTexted | undefined;
  return { values: {}, errors: { phone: why ? `people.error.phone_${why}` : "people.error.phone" } };
};
