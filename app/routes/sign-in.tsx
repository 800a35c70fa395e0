import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Problem } from "#app/core/problems.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { newId } from "#app/core/ids.server.ts";
import { tooManyCodes } from "#app/people/code-fault.ts";
import { isTrapped } from "#app/people/human/trap.ts";
import { PhoneForm } from "#app/people/people-input.ts";
import { PhonePage, type Fault } from "#app/people/sign-in-pages.tsx";
import { startSignIn } from "#app/people/start-sign-in.server.ts";
import { cookieHeader, readCookie } from "#app/web/cookies.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { parseForm, readForm } from "#app/web/parse-form.server.ts";
import { requireHuman } from "#app/web/require-human.server.ts";
import { safePath } from "#app/web/safe-path.ts";
import { titleFromLoader } from "#app/web/title.ts";

export const handle = { hydrate: false };
export const meta = titleFromLoader;

const WRONG_PHONE: Pick<Fault, "errors" | "facts"> = { errors: { phone: "people.error.phone" } };
const wayOn = (request: Request) => safePath(new URL(request.url).searchParams.get("to"), "/me");
const codePage = (request: Request) => `/sign-in/code?to=${encodeURIComponent(wayOn(request))}`;

export const loader = guarded("anyone", ({ ctx, request, context, locale }) => {
  if (ctx.person) throw redirect(wayOn(request), 303);
  const waiting = readCookie(context.services.env, request, "challenge") !== null;
  return json({ title: textFor(locale)("people.sign_in.title"), waiting, codeHref: codePage(request) });
});

export const action = guarded("anyone", async (given) => {
  const { ctx, request, context, locale } = given;
  const toCode = (challengeId: string) => {
    const cookie = cookieHeader(context.services.env, "challenge", challengeId);
    return redirect(codePage(request), { status: 303, headers: { "Set-Cookie": cookie } });
  };
  const values = await readForm(request);
  if (isTrapped(values)) return toCode(newId(ctx.now));
  const parsed = parseForm(PhoneForm, values);
  if (!parsed.ok) return json<Fault>(parsed.fault, { status: 422 });
  try {
    const asked = { phone: parsed.data.phone, address: context.peer, locale };
    const { challengeId } = await startSignIn(ctx, asked).catch(async (error: unknown) => {
      if (!(error instanceof Problem) || !error.facts["proof"]) throw error;
      await requireHuman(given, "sign-in");
      return startSignIn(ctx, { ...asked, human: true });
    });
    return toCode(challengeId);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { errors, facts } = error.kind === "too-many" ? tooManyCodes(error, "phone") : WRONG_PHONE;
    return json<Fault>({ values, errors, facts }, { status: error.status });
  }
});

export default function SignIn() {
  const { codeHref, waiting } = useLoaderData<typeof loader>();
  const fault = useActionData<typeof action>() as Fault | undefined;
  // A double tap is answered "too many" although its first half sent a code: the way on stays open.
  const mayHaveCode = waiting || fault?.errors["phone"] === "people.error.too_many";
  return <PhonePage fault={fault} codeHref={mayHaveCode ? codeHref : null} />;
}
