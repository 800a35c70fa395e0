import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Problem } from "#app/core/problems.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { tooMany, WRONG_CODE } from "#app/people/code-fault.ts";
import { deviceOf } from "#app/people/device.ts";
import { finishSignIn } from "#app/people/finish-sign-in.server.ts";
import { isFresh } from "#app/people/fresh.ts";
import { CodeForm } from "#app/people/people-input.ts";
import { getSettings } from "#app/people/settings.server.ts";
import { haveSecondStep } from "#app/people/second-step/second-steps.server.ts";
import { signInHint } from "#app/people/sign-in-hint.server.ts";
import { CodePage, ConfirmPage, type Fault } from "#app/people/sign-in-pages.tsx";
import { startConfirm } from "#app/people/start-confirm.server.ts";
import { cookieHeader, readCookie } from "#app/web/cookies.server.ts";
import { guarded, type Given } from "#app/web/guarded.server.ts";
import { parseForm, readForm } from "#app/web/parse-form.server.ts";
import { wayOn, withWayOn } from "#app/web/safe-path.ts";
import { staySignedIn } from "#app/web/sign-in-to.server.ts";
import { titleFromLoader } from "#app/web/title.ts";

export const handle = { hydrate: false };
export const meta = titleFromLoader;

/** This page again: `again` to send another code. */
const here = (request: Request, again?: "again") => withWayOn("/confirm", request) + (again ? "&again=1" : "");

/** Whoever has a second step shows that, as a text is not enough for them. */
const secondStep = (request: Request) => withWayOn("/confirm/second", request);

export const loader = guarded("signed-in", async ({ ctx, request, context, locale }) => {
  if (isFresh(ctx)) throw redirect(wayOn(request), 303);
  if (await haveSecondStep(ctx)) throw redirect(secondStep(request), 303);
  const { env } = context.services;
  const challengeId = readCookie(env, request, "challenge");
  const again = new URL(request.url).searchParams.has("again");
  const sentTo = challengeId && !again ? await signInHint(ctx, challengeId) : null;
  const t = textFor(locale);
  return json({
    title: t(sentTo ? "people.code.title" : "people.confirm.title"),
    sentTo,
    hint: (await getSettings(ctx)).phone?.slice(-2) ?? null,
    againHref: here(request, "again"),
    backHref: "/me",
    simulated: env.SMS_PROVIDER === "local",
  });
});

export const action = guarded("signed-in", async (given) => {
  if (isFresh(given.ctx)) return redirect(wayOn(given.request), 303);
  if (await haveSecondStep(given.ctx)) return redirect(secondStep(given.request), 303);
  const values = await readForm(given.request);
  return values["act"] === "send" ? sendCode(given) : checkCode(given, values);
});

async function sendCode({ ctx, request, context }: Given<"signed-in">) {
  try {
    const { challengeId } = await startConfirm(ctx);
    const headers = { "Set-Cookie": cookieHeader(context.services.env, "challenge", challengeId) };
    return redirect(here(request), { status: 303, headers });
  } catch (error) {
    if (!(error instanceof Problem && error.kind === "too-many")) throw error;
    return json<Fault>(tooMany(error, "send"), { status: error.status });
  }
}

async function checkCode(given: Given<"signed-in">, values: Record<string, string>) {
  const { ctx, request, context } = given;
  const { env } = context.services;
  const parsed = parseForm(CodeForm, values);
  if (!parsed.ok) return json<Fault>({ ...parsed.fault, values: {} }, { status: 422 });
  try {
    const signedIn = await finishSignIn(ctx, {
      challengeId: readCookie(env, request, "challenge") ?? "",
      code: parsed.data.code,
      device: deviceOf(request.headers.get("user-agent")),
      renews: { personId: ctx.person.id, token: readCookie(env, request, "sid") ?? "" },
    });
    return staySignedIn(given, signedIn, wayOn(request));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return json<Fault>(WRONG_CODE, { status: error.status });
  }
}

export default function Confirm() {
  const { sentTo, hint, backHref, ...page } = useLoaderData<typeof loader>();
  const fault = useActionData<typeof action>() as Fault | undefined;
  if (!sentTo) return <ConfirmPage hint={hint} backHref={backHref} fault={fault} />;
  return <CodePage {...page} hint={sentTo} forWhat="confirm" fault={fault} />;
}
