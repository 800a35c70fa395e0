import type { Ctx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { newSession, type PersonRow, type SignedInNow } from "./new-session.server.ts";
import { hasSecondStep } from "./second-step/second-steps.server.ts";
import { isSignInCode } from "./sign-in-code.server.ts";
import { spendCode } from "./spend-code.server.ts";
import { isUuid } from "./uuid.ts";

/**
 * Turns a right code into a session. The update of the code row decides: one try is counted, a used, burnt, old or
 * superseded code gives no row, and the session is made by the same statement, so a code makes one session at most.
 *
 * @param input `challengeId` from the asking browser's cookie, `code` as typed, `device` a coarse label such as
 *   "Firefox on Android". `renews`: the code has to be of this person, who is signed in with this token, and the new
 *   session takes its place.
 * @throws Problem `invalid-code`, whatever the reason: the answer tells nothing about number or code; `second-step` when it was
 *   right and is not enough: `finishSecondStep` comes next.
 */
export async function finishSignIn(
  ctx: Ctx,
  input: { challengeId: string; code: string; device: string; renews?: { personId: string; token: string } },
): Promise<SignedInNow> {
  if (!isUuid(input.challengeId)) throw new Problem("invalid-code");
  const { sql } = ctx.db;
  const right = isSignInCode(ctx.seal, input.challengeId, input.code);
  const begins = newSession(ctx, {
    device: input.device,
    of: sql`select person_id from proved_number where not second_step`,
    renews: input.renews?.token,
  });
  const of = input.renews ? sql`c.person_id = ${input.renews.personId}::uuid` : sql`true`;
  const [made] = await sql<(PersonRow & { second_step: boolean })[]>`
    with attempt as (${spendCode(ctx, { ...input, right, of })}
    ), proved_number as (
      select person_id, ${hasSecondStep(ctx, sql`attempt.person_id`)} as second_step from attempt where ${right}::boolean
    ), ${begins.ctes}
    select ${begins.columns}, w.second_step from proved_number w join people p on p.id = w.person_id`;
  if (!made) throw new Problem("invalid-code");
  if (made.second_step) throw new Problem("second-step");
  return begins.signedIn(made);
}
