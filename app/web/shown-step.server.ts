import { Problem } from "#app/core/problems.ts";
import { tooMany } from "#app/people/code-fault.ts";
import type { Shown } from "#app/people/second-step/prove.server.ts";
import type { Fault } from "#app/people/sign-in-pages.tsx";

/** What a form of a second step hands in. */
export const shownIn = ({ passkey, code }: Record<string, string>): Shown => ({ passkey, code });

/** What a page says of a second step that was refused. @throws whatever is none of its problems. */
export function stepFault(error: unknown, { passkey }: Shown): { fault: Fault; status: number } {
  if (!(error instanceof Problem)) throw error;
  const field = passkey ? "passkey" : "code";
  if (error.kind === "too-many") return { fault: tooMany(error, field, "steps.error.too_many"), status: error.status };
  if (error.kind !== "invalid-code" && error.kind !== "invalid-passkey") throw error;
  const id = passkey ? "problem.invalid-passkey" : "steps.error.code";
  return { fault: { values: {}, errors: { [field]: id } }, status: error.status };
}
