import { json, redirect } from "@remix-run/node";
import { whyNotTexted } from "#app/core/countries.ts";
import type { Ctx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { readAnswers } from "#app/groups/field-answers.ts";
import { notifyWorker } from "#app/events/wake-worker.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { FIELDS, pathOf, stepOf, STEPS, type Answers, type Step } from "#app/posts/answers.ts";
import { isTrapped } from "#app/people/human/trap.ts";
import { parsePhone } from "#app/people/phone.server.ts";
import { concernsOf } from "#app/posts/concerns.ts";
import { choicesOf, summaryOf } from "#app/posts/new-post-screen.server.ts";
import { fieldsOf, fieldsOfDraft, keepAnswers, openStep, sendDraft, usualTime } from "#app/posts/new-post.server.ts";
import { knownPlaces } from "#app/posts/known-places.server.ts";
import type { StepProps } from "#app/posts/step-props.ts";
import type { PostKind, Visibility } from "#app/posts/post.ts";
import { stepInput } from "#app/posts/step-input.ts";
import type { Given as GuardedGiven } from "./guarded.server.ts";
import { cookieHeader, readCookie } from "./cookies.server.ts";
import { parseForm, readForm } from "./parse-form.server.ts";
import { requireHuman } from "./require-human.server.ts";
import { mistake } from "./screen-headers.ts";

type Given = GuardedGiven<"anyone">;

/** The four screens of `/needs/new` and `/offers/new`: the draft's token lives in a cookie, its answers in the database. */
export async function openScreen(kind: PostKind, { ctx, locale, request, params, context }: Given) {
  const step = wanted(params["step"]);
  const search = new URL(request.url).searchParams;
  const token = readCookie(context.services.env, request, "draft");
  const screen = await openStep(ctx, { kind, step, token }, locale);
  if ("go" in screen) throw redirect(screen.go, 303);
  const t = textFor(locale);
  const { fields: said = {}, ...typed } = screen.answers;
  const preset = search.get("group");
  const when = step === "when" && kind === "need" ? usualTime(screen.groups, screen.answers.what) : null;
  const usual = when && !typed.when ? { when } : {};
  return json<StepProps & { title: string }>({
    title: step === "what" || step === "when" ? t(`posts.${step}.title_${kind}`) : t(`posts.${step}.title`),
    kind,
    step,
    answers: { ...pick(step, typed), ...usual, fields: said },
    errors: {},
    choices: step === "what" ? choicesOf(screen.groups, preset) : [],
    fields: step === "when" ? fieldsOf(screen.groups, screen.answers.what) : [],
    places: step === "when" ? (await knownPlaces(ctx)).map(({ name }) => name) : [],
    preset,
    know: ctx.person !== null,
    summary:
      step === "check" ? summaryOf(ctx, t, locale, { kind, answers: screen.answers, groups: screen.groups }) : null,
    changing: search.has("change"),
    lost: search.has("lost"),
  });
}

/** Keeps the answers and goes on; a screen with a mistake is shown again as it was typed (422). */
export async function answerScreen(kind: PostKind, given: Given) {
  const { ctx, request, params, context, locale } = given;
  const step = wanted(params["step"]);
  const { env } = context.services;
  const values = await readForm(request);
  if (isTrapped(values)) return redirect("/sent", 303);
  const token = readCookie(env, request, "draft");
  const before = step === "when" || step === "what" ? await fieldsOfDraft(ctx, { kind, token }, locale) : null;
  const fields = step === "when" ? readAnswers(before?.fields ?? [], values) : null;
  const answers = { ...pick(step, values), ...(fields && { fields: fields.given }) };
  const parsed = parseForm<unknown>(stepInput(step, ctx.person !== null), values);
  const faults = { ...(parsed.ok ? notTexted(ctx, step, values) : parsed.fault.errors), ...fields?.errors };
  const errors = Object.keys(faults).length > 0 || values["keepWords"] ? faults : worriesIn(step, answers);
  if (Object.keys(errors).length > 0) return wrong(answers, errors);
  if (step === "check") {
    const go = await send(given, { kind, token }, answers.visibility as Visibility);
    notifyWorker(ctx.db);
    return redirect(go, 303);
  }
  const kept = await keepAnswers(ctx, { kind, step, token }, answers);
  const headers = kept === token ? undefined : { "Set-Cookie": cookieHeader(env, "draft", kept) };
  const other = step === "what" && values["change"] && before?.what !== answers.what;
  const asksMore = other && (await fieldsOfDraft(ctx, { kind, token: kept }, locale)).fields.length > 0;
  return redirect(nextPath(kind, step, { changing: Boolean(values["change"]), asksMore: Boolean(asksMore) }), {
    status: 303,
    headers,
  });
}

/** A number that nobody unknown has texted. */
function notTexted({ textsTo }: Ctx, step: Step, values: Record<string, string>): Wrong["errors"] {
  const phone = step === "reach" && parsePhone(values["phone"] ?? "");
  const why = phone && whyNotTexted(phone, textsTo);
  return why ? { phone: `people.error.phone_${why}` } : {};
}

/** Past a limit only for who proves to be a person: a camp behind one address is many, and the draft waits meanwhile. */
async function send(given: Given, draft: { kind: PostKind; token: string | null }, visibility: Visibility) {
  const { ctx, context } = given;
  const sending = { ...draft, peer: context.peer };
  try {
    return await sendDraft(ctx, sending, visibility);
  } catch (error) {
    if (!(error instanceof Problem) || error.kind !== "too-many") throw error;
    return sendDraft(ctx, { ...sending, proof: await requireHuman(given, "posts") }, visibility);
  }
}

/** What better stays out of words that everybody reads is asked about once; whoever wrote it may keep it. */
function worriesIn(step: Step, answers: Answers): Wrong["errors"] {
  const open = ({ what: ["title", "details"], when: ["place"], reach: [], check: [] } as const)[step];
  const found = open.flatMap((field) => concernsOf(answers[field]).map((one) => [field, `concerns.${one}`] as const));
  return Object.fromEntries(found.toReversed());
}

/** One answer that is changed leads back to the last screen, unless what is needed now asks something that was not asked before. */
function nextPath(
  kind: PostKind,
  step: Step,
  { changing, asksMore }: { changing: boolean; asksMore: boolean },
): string {
  if (!changing) return pathOf(kind, STEPS[STEPS.indexOf(step) + 1] ?? "check");
  return asksMore ? `${pathOf(kind, "when")}?change=1` : pathOf(kind, "check");
}

type Wrong = { answers: Answers; errors: Partial<Record<string, MessageId>>; lost: boolean };
const wrong = (answers: Answers, errors: Wrong["errors"], status = 422) =>
  json<Wrong>({ answers, errors, lost: false }, { status, headers: mistake });

function wanted(name: string | undefined): Step {
  const step = stepOf(name);
  if (!step) throw new Problem("not-found");
  return step;
}

/** The fields of one screen, as typed; nothing else a form may carry is kept. */
function pick(step: Step, values: Partial<Record<string, string>>): Answers {
  return Object.fromEntries(FIELDS[step].map((field) => [field, (values[field] ?? "").slice(0, 4000)]));
}
