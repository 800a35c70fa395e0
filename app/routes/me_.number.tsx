import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Problem } from "#app/core/problems.ts";
import { notifyWorker } from "#app/events/wake-worker.server.ts";
import { dateFormat } from "#app/i18n/date-format.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { changeNumber } from "#app/people/change-number.server.ts";
import { WRONG_CODE } from "#app/people/code-fault.ts";
import { NumberPage, TakeBackPage } from "#app/people/number-pages.tsx";
import { CodeForm } from "#app/people/people-input.ts";
import { parsePhone } from "#app/people/phone.server.ts";
import { getSettings } from "#app/people/settings.server.ts";
import { signInHint } from "#app/people/sign-in-hint.server.ts";
import { CodePage, type Fault } from "#app/people/sign-in-pages.tsx";
import { movedFromMine, takeNumberBack } from "#app/people/take-number-back.server.ts";
import { askForCode } from "#app/web/ask-for-code.server.ts";
import { cookieHeader, readCookie } from "#app/web/cookies.server.ts";
import { guarded, type Given } from "#app/web/guarded.server.ts";
import { parseForm, readForm } from "#app/web/parse-form.server.ts";
import { requireFresh } from "#app/web/require-fresh.server.ts";
import { titleFromLoader } from "#app/web/title.ts";

export const handle = { hydrate: false };
export const meta = titleFromLoader;

const PAGE = "/me/number";
const CODE_PAGE = `${PAGE}?step=code`;

export const loader = guarded("signed-in", async ({ ctx, request, context, locale }) => {
  requireFresh(ctx, PAGE);
  const { env } = context.services;
  const t = textFor(locale);
  const moved = await movedFromMine(ctx);
  const { phone, timeZone } = await getSettings(ctx);
  const when = moved && dateFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone }).format(moved.at);
  const challengeId = readCookie(env, request, "challenge");
  const isCodeStep = new URL(request.url).searchParams.get("step") === "code";
  const sentTo = isCodeStep && challengeId ? await signInHint(ctx, challengeId) : null;
  return json({
    title: t(moved ? "people.number.back.title" : sentTo ? "people.code.title" : "people.number.title"),
    phone,
    moved: moved && when ? { when, digits: moved.digits } : null,
    sentTo,
    simulated: env.SMS_PROVIDER === "local",
  });
});

export const action = guarded("signed-in", async (given) => {
  requireFresh(given.ctx, PAGE);
  const values = await readForm(given.request);
  if (values["act"] === "take_back") return takeBack(given);
  return values["act"] === "send" ? sendCode(given, values) : checkCode(given, values);
});

async function takeBack({ ctx, context }: Given<"signed-in">) {
  await takeNumberBack(ctx);
  const headers = { "Set-Cookie": cookieHeader(context.services.env, "sid", null) };
  return redirect("/sign-in?to=%2Fme%2Fsettings", { status: 303, headers });
}

async function sendCode(given: Given<"signed-in">, values: Record<string, string>) {
  const { phone } = await getSettings(given.ctx);
  if (parsePhone(values["phone"] ?? "") === phone)
    return json<Fault>({ values, errors: { phone: "people.number.same" } }, { status: 422 });
  const asked = await askForCode(given, values);
  if (!asked.ok) return json<Fault>(asked.fault, { status: asked.status });
  const headers = { "Set-Cookie": cookieHeader(given.context.services.env, "challenge", asked.challengeId) };
  return redirect(CODE_PAGE, { status: 303, headers });
}

async function checkCode({ ctx, request, context }: Given<"signed-in">, values: Record<string, string>) {
  const { env } = context.services;
  const parsed = parseForm(CodeForm, values);
  if (!parsed.ok) return json<Fault>({ ...parsed.fault, values: {} }, { status: 422 });
  try {
    const became = await changeNumber(ctx, {
      challengeId: readCookie(env, request, "challenge") ?? "",
      code: parsed.data.code,
      token: readCookie(env, request, "sid") ?? "",
    });
    const headers = { "Set-Cookie": cookieHeader(env, "challenge", null) };
    if (became === "taken")
      return json<Fault>({ values: {}, errors: { phone: "people.number.taken" } }, { status: 409, headers });
    notifyWorker(ctx.db);
    return redirect("/me/settings?saved=number", { status: 303, headers });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return json<Fault>(WRONG_CODE, { status: error.status });
  }
}

export default function Number() {
  const { moved, sentTo, phone, simulated } = useLoaderData<typeof loader>();
  const fault = useActionData<typeof action>() as Fault | undefined;
  if (moved) return <TakeBackPage {...moved} />;
  if (!sentTo) return <NumberPage phone={phone} fault={fault} />;
  return <CodePage hint={sentTo} againHref={PAGE} simulated={simulated} forWhat="number" fault={fault} />;
}
