import { Problem } from "#app/core/problems.ts";
import { tooMany, wrongPhone } from "#app/people/code-fault.ts";
import { PhoneForm } from "#app/people/people-input.ts";
import type { Fault } from "#app/people/sign-in-pages.tsx";
import { startSignIn } from "#app/people/start-sign-in.server.ts";
import type { Access, Given } from "./guarded.server.ts";
import { parseForm } from "./parse-form.server.ts";
import { requireHuman } from "./require-human.server.ts";

type Asked = { ok: true; challengeId: string } | { ok: false; fault: Fault; status: number };

/**
 * Has a code texted to the number in a form's field `phone`. Whoever asks past a soft limit shows first that they are human.
 *
 * @throws a redirect to `/check`, which leads back to this page.
 */
export async function askForCode(given: Given<Access>, values: Record<string, string>): Promise<Asked> {
  const parsed = parseForm(PhoneForm, values);
  if (!parsed.ok) return { ok: false, fault: parsed.fault, status: 422 };
  const { ctx, context, locale } = given;
  const asked = { phone: parsed.data.phone, address: context.peer, locale };
  try {
    const { challengeId } = await startSignIn(ctx, asked).catch(async (error: unknown) => {
      if (!(error instanceof Problem) || !error.facts["proof"]) throw error;
      await requireHuman(given, "sign-in");
      return startSignIn(ctx, { ...asked, human: true });
    });
    return { ok: true, challengeId };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const fault = error.kind === "too-many" ? tooMany(error, "phone") : wrongPhone(error);
    return { ok: false, fault: { ...fault, values }, status: error.status };
  }
}
