import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Problem } from "#app/core/problems.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { WRONG_CODE } from "#app/people/code-fault.ts";
import { deviceOf } from "#app/people/device.ts";
import { finishSignIn } from "#app/people/finish-sign-in.server.ts";
import { CodeForm } from "#app/people/people-input.ts";
import { endSession } from "#app/people/sessions.server.ts";
import { signInHint } from "#app/people/sign-in-hint.server.ts";
import { CodePage, type Fault } from "#app/people/sign-in-pages.tsx";
import { cookieHeader, readCookie } from "#app/web/cookies.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { parseForm, readForm } from "#app/web/parse-form.server.ts";
import { safePath } from "#app/web/safe-path.ts";
import { titleFromLoader } from "#app/web/title.ts";

export const handle = { hydrate: false };
export const meta = titleFromLoader;

const wayOn = (request: Request) => safePath(new URL(request.url).searchParams.get("to"), "/me");
const startPage = (request: Request) => `/sign-in?to=${encodeURIComponent(wayOn(request))}`;

export const loader = guarded("anyone", async ({ ctx, request, context, locale }) => {
  const { env } = context.services;
  if (ctx.person) throw redirect(wayOn(request), 303);
  const challengeId = readCookie(env, request, "challenge");
  if (!challengeId) throw redirect(startPage(request), 303);
  return json({
    title: textFor(locale)("people.code.title"),
    hint: await signInHint(ctx, challengeId),
    againHref: startPage(request),
    simulated: env.SMS_PROVIDER === "local",
  });
});

export const action = guarded("anyone", async ({ ctx, request, context }) => {
  const { env } = context.services;
  const challengeId = readCookie(env, request, "challenge");
  if (!challengeId) throw redirect(startPage(request), 303);
  const parsed = parseForm(CodeForm, await readForm(request));
  if (!parsed.ok) return json<Fault>({ ...parsed.fault, values: {} }, { status: 422 });
  try {
    const device = deviceOf(request.headers.get("user-agent"));
    const { sessionToken, person } = await finishSignIn(ctx, { challengeId, code: parsed.data.code, device });
    const before = readCookie(env, request, "sid");
    if (before) await endSession(ctx, before);
    const headers = new Headers();
    headers.append("Set-Cookie", cookieHeader(env, "sid", sessionToken));
    headers.append("Set-Cookie", cookieHeader(env, "challenge", null));
    // English is also what people have who never chose: then the browser's own language goes on deciding.
    const chosen = person.locale !== "en" && !readCookie(env, request, "lang");
    if (chosen) headers.append("Set-Cookie", cookieHeader(env, "lang", person.locale));
    const to = wayOn(request);
    return redirect(person.hasName ? to : `/sign-in/name?to=${encodeURIComponent(to)}`, { status: 303, headers });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return json<Fault>(WRONG_CODE, { status: error.status });
  }
});

export default function Code() {
  const data = useLoaderData<typeof loader>();
  const fault = useActionData<typeof action>() as Fault | undefined;
  return <CodePage {...data} fault={fault} />;
}
