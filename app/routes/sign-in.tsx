import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { newId } from "#app/core/ids.server.ts";
import { isTrapped } from "#app/people/human/trap.ts";
import { PhonePage, type Fault } from "#app/people/sign-in-pages.tsx";
import { askForCode } from "#app/web/ask-for-code.server.ts";
import { cookieHeader, readCookie } from "#app/web/cookies.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { readForm } from "#app/web/parse-form.server.ts";
import { wayOn, withWayOn } from "#app/web/safe-path.ts";
import { titleFromLoader } from "#app/web/title.ts";

export const handle = { hydrate: false };
export const meta = titleFromLoader;

const codePage = (request: Request) => withWayOn("/sign-in/code", request);

export const loader = guarded("anyone", ({ ctx, request, context, locale }) => {
  if (ctx.person) throw redirect(wayOn(request), 303);
  const waiting = readCookie(context.services.env, request, "challenge") !== null;
  const passkeyHref = withWayOn("/sign-in/passkey", request);
  return json({ title: textFor(locale)("people.sign_in.title"), waiting, codeHref: codePage(request), passkeyHref });
});

export const action = guarded("anyone", async (given) => {
  const { ctx, request, context } = given;
  const toCode = (challengeId: string) => {
    const cookie = cookieHeader(context.services.env, "challenge", challengeId);
    return redirect(codePage(request), { status: 303, headers: { "Set-Cookie": cookie } });
  };
  const values = await readForm(request);
  if (isTrapped(values)) return toCode(newId(ctx.now));
  const asked = await askForCode(given, values);
  return asked.ok ? toCode(asked.challengeId) : json<Fault>(asked.fault, { status: asked.status });
});

export default function SignIn() {
  const { codeHref, passkeyHref, waiting } = useLoaderData<typeof loader>();
  const fault = useActionData<typeof action>() as Fault | undefined;
  // A double tap is answered "too many" although its first half sent a code: the way on stays open.
  const mayHaveCode = waiting || fault?.errors["phone"] === "people.error.too_many";
  return <PhonePage fault={fault} codeHref={mayHaveCode ? codeHref : null} passkeyHref={passkeyHref} />;
}
