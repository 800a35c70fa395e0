import { json, redirect } from "@remix-run/node";
import { approveBroadcast, reviseBroadcast } from "#app/broadcasts/approve-broadcast.server.ts";
import { EVERYBODY, readAudience } from "#app/broadcasts/audience.ts";
import type { BroadcastWords } from "#app/broadcasts/broadcast.ts";
import { checkStep, sentStep, whatStep, whoStep, type StepData } from "#app/broadcasts/composer.server.ts";
import type { Said, Wrong } from "#app/broadcasts/composer.tsx";
import { getBroadcast, type Broadcast } from "#app/broadcasts/get-broadcast.server.ts";
import { saveDraft, saveWords } from "#app/broadcasts/save-draft.server.ts";
import { pauseBroadcast, resumeBroadcast, stopBroadcast } from "#app/broadcasts/steer-broadcast.server.ts";
import { submitBroadcast } from "#app/broadcasts/submit-broadcast.server.ts";
import { isReadyWords } from "#app/broadcasts/templates.ts";
import { testToMe } from "#app/broadcasts/test-to-me.server.ts";
import { readyWords } from "#app/broadcasts/ready-words.server.ts";
import { faultOf } from "#app/broadcasts/words.ts";
import type { PersonCtx } from "#app/core/ctx.ts";
import { newId } from "#app/core/ids.server.ts";
import { Problem } from "#app/core/problems.ts";
import { notifyWorker } from "#app/events/wake-worker.server.ts";
import { coordinatedGroups } from "#app/groups/membership.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { isLocale, LOCALES, type Locale } from "#app/i18n/locales.ts";
import { isUuid } from "#app/people/uuid.ts";
import { plainLetters } from "#app/sms/segments.ts";
import type { Given as GuardedGiven } from "./guarded.server.ts";
import { mistake } from "./screen-headers.ts";

type Given = GuardedGiven<"coordinator">;

const SAID: Said[] = ["test.sent", "test.unavailable", "test.too-many", "changed"];

/** A new one: nothing is kept until its first form is sent; the id it will have is made here. */
export async function openNew(given: Given) {
  const { ctx, locale } = given;
  const mine = coordinatedGroups(ctx.person);
  const wanted = new URL(given.request.url).searchParams.get("group");
  const groupId =
    mine === "all" ? (isUuid(wanted ?? "") ? wanted : null) : (mine.find((id) => id === wanted) ?? mine[0]!);
  const data = await whoStep(ctx, newId(ctx.now), { groupId, audience: EVERYBODY }, locale);
  return page(given, data, "draft");
}

export async function answerNew({ ctx, request }: Given) {
  const form = await formOf(request);
  const id = String(form.get("id") ?? "");
  if (!isUuid(id)) throw new Problem("invalid-input");
  await saveDraft(ctx, { id, ...readAudience(form) });
  return redirect(stepPath(id, form.get("do") === "count" ? "who" : "what"), 303);
}

/** The step that is asked for where it may be; once it was let go, how it goes. */
export async function openBroadcast(given: Given) {
  const { ctx, params, locale, request } = given;
  const broadcast = await getBroadcast(ctx, params["id"] ?? "", locale);
  const step = new URL(request.url).searchParams.get("step");
  return page(given, await stepData(ctx, broadcast, step, locale), broadcast.state);
}

function stepData(ctx: PersonCtx, broadcast: Broadcast, step: string | null, locale: Locale): Promise<StepData> {
  if (broadcast.state === "waiting") return checkStep(ctx, broadcast, locale);
  if (broadcast.state !== "draft") return sentStep(ctx, broadcast, locale);
  if (step === "what") return whatStep(ctx, broadcast, locale);
  const ready = Object.keys(faultsOf(broadcast.words, new URL(ctx.publicUrl).host)).length === 0;
  if (step === "check" && ready) return checkStep(ctx, broadcast, locale);
  return step === "check" ? whatStep(ctx, broadcast, locale) : whoStep(ctx, broadcast.id, broadcast, locale);
}

function page({ ctx, locale, request, context }: Given, data: StepData, state: Broadcast["state"]) {
  const t = textFor(locale);
  const said = new URL(request.url).searchParams.get("said");
  return json(
    {
      title: t(`broadcasts.${data.step}.title`),
      data,
      state,
      price: context.services.env.SMS_SEGMENT_PRICE,
      host: new URL(ctx.publicUrl).host,
      said: SAID.find((one) => one === said) ?? null,
    },
    { headers: { "Cache-Control": "no-store" } },
  );
}

/** Every button of the composer. What moved on meanwhile is shown as it is now. */
export async function answerBroadcast(given: Given) {
  const { ctx, request, params, locale } = given;
  const id = params["id"] ?? "";
  const broadcast = await getBroadcast(ctx, id, locale);
  const form = await formOf(request);
  const [deed = "", what = ""] = String(form.get("do") ?? "").split(":");
  if (deed === "who" || deed === "count") {
    await saveDraft(ctx, { id, ...readAudience(form) });
    return redirect(stepPath(id, deed === "who" ? "what" : "who"), 303);
  }
  if (deed === "what" || deed === "look" || deed === "plain" || deed === "ready")
    return answerWords(given, broadcast, form, [deed, what]);
  if (deed === "test") return redirect(stepPath(id, "check", await tryOut(ctx, broadcast, what, form)), 303);
  try {
    await steer(ctx, broadcast, deed, Number(form.get("version")));
  } catch (error) {
    if (!(error instanceof Problem) || error.kind !== "wrong-step") throw error;
    return redirect(stepPath(id, "check", "changed"), 303);
  }
  notifyWorker(ctx.db);
  return redirect(`/coordinate/broadcasts/${id}`, 303);
}

function steer(ctx: PersonCtx, broadcast: Broadcast, deed: string, version: number): Promise<unknown> {
  switch (deed) {
    case "send":
      return submitBroadcast(ctx, { ...broadcast, version });
    case "approve":
      return approveBroadcast(ctx, { id: broadcast.id, version });
    case "revise":
      return reviseBroadcast(ctx, broadcast);
    case "pause":
      return pauseBroadcast(ctx, broadcast);
    case "resume":
      return resumeBroadcast(ctx, broadcast);
    case "stop":
      return stopBroadcast(ctx, broadcast);
    default:
      throw new Problem("invalid-input");
  }
}

/** The words are kept as they are typed, whatever is wrong with them; only going on asks for more. */
async function answerWords({ ctx }: Given, { id, words: before }: Broadcast, form: FormData, [deed, what]: string[]) {
  const typed: BroadcastWords = Object.fromEntries(
    LOCALES.map((one) => [
      one,
      String(form.get(one) ?? "")
        .replaceAll("\0", "")
        .replaceAll("\r\n", "\n")
        .slice(0, 2000),
    ]),
  );
  const words =
    deed === "plain" && isLocale(what)
      ? { ...typed, [what]: plainLetters(typed[what] ?? "") }
      : deed === "ready" && isReadyWords(what ?? "")
        ? readyWords(what as never, typed)
        : typed;
  await saveWords(ctx, { id, words });
  if (deed !== "what") return redirect(stepPath(id, "what"), 303);
  const faults = faultsOf(words, new URL(ctx.publicUrl).host);
  if (Object.keys(faults).length === 0) return redirect(stepPath(id, "check"), 303);
  return json<Wrong>({ words: { ...before, ...words }, faults }, { status: 422, headers: mistake });
}

function faultsOf(words: BroadcastWords, host: string): Wrong["faults"] {
  if (!LOCALES.some((one) => words[one]?.trim())) return { en: { id: "broadcasts.error.words", what: "" } };
  return Object.fromEntries(
    LOCALES.flatMap((one) => {
      const fault = words[one] ? faultOf(words[one], host) : null;
      return fault ? [[one, fault]] : [];
    }),
  );
}

async function tryOut(ctx: PersonCtx, broadcast: Broadcast, locale: string, form: FormData): Promise<Said> {
  if (!isLocale(locale)) throw new Problem("invalid-input");
  try {
    await testToMe(ctx, broadcast, { locale, first: false, key: `${String(form.get("key")).slice(0, 40)}:${locale}` });
  } catch (error) {
    if (!(error instanceof Problem) || (error.kind !== "unavailable" && error.kind !== "too-many")) throw error;
    return `test.${error.kind}`;
  }
  notifyWorker(ctx.db);
  return "test.sent";
}

const stepPath = (id: string, step: "who" | "what" | "check", said?: Said) =>
  `/coordinate/broadcasts/${id}?step=${step}${said ? `&said=${said}` : ""}`;

async function formOf(request: Request): Promise<FormData> {
  try {
    return await request.formData();
  } catch {
    throw new Problem("invalid-input");
  }
}
