import { json, redirect } from "@remix-run/node";
import { newToken } from "#app/core/ids.server.ts";
import { Problem } from "#app/core/problems.ts";
import { homeZone } from "#app/core/time-zone.ts";
import { notifyWorker } from "#app/events/wake-worker.server.ts";
import { listGroups } from "#app/groups/queries.server.ts";
import { coordinatedGroups } from "#app/groups/membership.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { LOCALE_NAMES } from "#app/i18n/locales.ts";
import { answerThread, LONGEST_ANSWER } from "#app/messages/answer-thread.server.ts";
import { findThread } from "#app/messages/find-thread.server.ts";
import { getThread } from "#app/messages/get-thread.server.ts";
import { BOXES, countUnread, listThreads } from "#app/messages/list-threads.server.ts";
import { handOver, markUnread, putAway, putCallAway, seeNumber } from "#app/messages/steer-thread.server.ts";
import { threadLines } from "#app/messages/thread-lines.server.ts";
import type { ShownLine } from "#app/messages/thread-lines.tsx";
import { agoWords, momentWords } from "#app/messages/when.ts";
import type { AnswerProps } from "#app/messages/answer-form.tsx";
import { pauseSender, resumeSender } from "#app/notifications/pause-sender.server.ts";
import { plainLetters } from "#app/sms/segments.ts";
import type { Given as GuardedGiven } from "./guarded.server.ts";
import { shownReports, shownSenders } from "./message-reports.server.ts";
import { readForm } from "./parse-form.server.ts";
import { mistake } from "./screen-headers.ts";

type Given = GuardedGiven<"coordinator">;

type Meanwhile = NonNullable<AnswerProps["meanwhile"]>;
const PATH = "/coordinate/messages";
const ALL_BOXES = [...BOXES, "reported"] as const;
const LIST_SAID = ["need", "handed", "not_found", "paused", "resumed"] as const;
const THREAD_SAID = ["sent", "later", "put_away", "unread", "handed", "number"] as const;
const oneOf = <T extends string>(all: readonly T[], value: string | null): T | null =>
  all.find((one) => one === value) ?? null;
const noStore = { headers: { "Cache-Control": "no-store" } };

/** The inbox: a box of threads, of all groups or of one. */
export async function openInbox({ ctx, locale, request }: Given) {
  const query = new URL(request.url).searchParams;
  const box = oneOf(ALL_BOXES, query.get("box")) ?? "unread";
  const slug = query.get("group");
  const mine = coordinatedGroups(ctx.person);
  const groups = (await listGroups(ctx, locale, "uncounted")).filter(({ id }) => mine === "all" || mine.includes(id));
  const chosen = groups.find((group) => group.slug === slug) ?? null;
  if (slug && !chosen) throw new Problem("not-allowed");
  const cursor = query.get("cursor");
  const [page, unread, reports, senders] = await Promise.all([
    box === "reported"
      ? { threads: [], next: null }
      : listThreads(ctx, { box, group: chosen?.id ?? null, cursor }, locale),
    countUnread(ctx),
    box === "reported" ? shownReports(ctx, locale) : null,
    shownSenders(ctx, locale),
  ]);
  const href = (to: { box?: string; group?: string; cursor?: string }) => {
    const at = { box, group: chosen?.slug ?? "", ...to };
    const search = new URLSearchParams(
      Object.entries(at).filter(([name, value]) => value && !(name === "box" && value === "unread")),
    );
    return search.size > 0 ? `${PATH}?${search}` : PATH;
  };
  const t = textFor(locale);
  return json(
    {
      title: t("messages.title"),
      box,
      boxes: ALL_BOXES.map((one) => ({ box: one, href: href({ box: one }) })),
      groups: [
        { name: t("messages.all_groups"), href: href({ group: "" }), pressed: !chosen },
        ...groups.map(({ name, slug: to }) => ({ name, href: href({ group: to }), pressed: to === chosen?.slug })),
      ],
      threads: page.threads.map(({ unreadSince, lastHeardAt, ...thread }) => ({
        ...thread,
        unread: unreadSince !== null,
        ago: agoWords(lastHeardAt, ctx.now, locale, homeZone()),
      })),
      next: page.next && href({ cursor: page.next }),
      first: cursor && href({}),
      unread,
      reports,
      senders,
      mayPause: ctx.person.isAdmin,
      said: oneOf(LIST_SAID, query.get("said")),
      code: query.get("code"),
    },
    noStore,
  );
}

/** What the list's own forms ask for: a thread by its number; a number of ours paused, or not. */
export async function answerInbox({ ctx, request }: Given) {
  const form = await readForm(request);
  const sender = { id: form["sender"] ?? "" };
  if (form["do"] === "pause") {
    await pauseSender(ctx, sender);
    return redirect(`${PATH}?said=paused`, 303);
  }
  if (form["do"] === "resume") {
    await resumeSender(ctx, sender);
    notifyWorker(ctx.db);
    return redirect(`${PATH}?said=resumed`, 303);
  }
  if (form["do"] !== "find") throw new Problem("invalid-input");
  const id = await findThread(ctx, form["phone"] ?? "");
  return redirect(id ? `${PATH}/${id}` : `${PATH}?box=all&said=not_found`, 303);
}

/** A thread with its latest lines. */
export async function openThread({ ctx, locale, request, params }: Given) {
  const query = new URL(request.url).searchParams;
  const thread = await getThread(ctx, params["thread"] ?? "", locale);
  const before = Number(query.get("before"));
  const { lines, earlier, elsewhere } = await threadLines(ctx, thread, before > 0 ? new Date(before) : null);
  const zone = homeZone();
  const groups = await listGroups(ctx, locale, "uncounted");
  const { phoneLookup: _, personId: _person, answered: _answered, answers, lastHeardAt, ...shown } = thread;
  return json(
    {
      title: textFor(locale)("messages.thread"),
      ...shown,
      groups: groups.map(({ id, name }) => ({ id, name })),
      lines: lines.map((line) => ({
        ...line,
        ...(line.kind === "said" ? { goesAt: line.goesAt && momentWords(line.goesAt, locale, zone) } : {}),
        at: line.at.toISOString(),
        ago: agoWords(line.at, ctx.now, locale, zone),
        moment: momentWords(line.at, locale, zone),
      })) as ShownLine[],
      earlier: earlier && String(earlier.getTime()),
      elsewhere,
      said: oneOf(THREAD_SAID, query.get("said")),
      answer: {
        words: "",
        error: undefined as string | undefined,
        formKey: newToken(),
        answers,
        heard: lastHeardAt.getTime(),
        meanwhile: null as Meanwhile | null,
        language: thread.locale && LOCALE_NAMES[thread.locale],
      },
    },
    noStore,
  );
}

/** Every button of a thread. */
export async function actOnThread(given: Given) {
  const { ctx, request, params } = given;
  const form = await readForm(request);
  const id = params["thread"] ?? "";
  const heardUntil = new Date(Math.min(Number(form["heard"]) || 0, ctx.now.getTime()));
  const back = (said: (typeof THREAD_SAID)[number]) => redirect(`${PATH}/${id}?said=${said}`, 303);
  switch (form["do"]) {
    case "answer":
      return answer(given, id, form, heardUntil);
    case "count":
      return typed(given, form, form["words"] ?? "");
    case "plain":
      return typed(given, form, plainLetters(form["words"] ?? ""));
    case "away":
      await putAway(ctx, { id, heardUntil });
      return back("put_away");
    case "unread":
      await markUnread(ctx, { id });
      return back("unread");
    case "number":
      await seeNumber(ctx, { id });
      return back("number");
    case "call_away":
      await putCallAway(ctx, { id, callSid: form["call"] ?? "" });
      return back("put_away");
    case "hand_over":
      await handOver(ctx, { id, groupId: form["group"] || null });
      return (await stillTheirs(given, id)) ? back("handed") : redirect(`${PATH}?said=handed`, 303);
    default:
      throw new Problem("invalid-input");
  }
}

async function answer(given: Given, id: string, form: Record<string, string>, heardUntil: Date) {
  const { ctx, locale } = given;
  const words = form["words"] ?? "";
  const mend: MessageId | null = !words.trim()
    ? "messages.error.words"
    : words.trim().length > LONGEST_ANSWER
      ? "messages.error.long"
      : null;
  if (mend) return typed(given, form, words, { error: textFor(locale)(mend, { n: LONGEST_ANSWER }), status: 422 });
  const answers = Number(form["answers"]) || 0;
  const done = await answerThread(ctx, { threadId: id, words, key: form["key"] ?? "", answers, heardUntil });
  if (done.kind === "sent") {
    notifyWorker(ctx.db);
    return redirect(`${PATH}/${id}?said=${done.goesAt ? "later" : "sent"}`, 303);
  }
  if (done.kind !== "answered_meanwhile") return typed(given, form, words, { status: 409 });
  const { answered, answers: now } = await getThread(ctx, id, locale);
  const t = textFor(locale);
  const who = `\u2068${answered?.by ?? t("messages.somebody")}\u2069`;
  const ago = agoWords(answered?.at ?? ctx.now, ctx.now, locale, homeZone());
  return typed(given, form, words, {
    status: 409,
    answers: now,
    meanwhile: { you: answered?.you ? "yes" : "no", who, ago },
  });
}

/** The page again with what was typed. */
function typed(
  { ctx }: Given,
  form: Record<string, string>,
  words: string,
  more: { status?: number; error?: string; answers?: number; meanwhile?: Meanwhile } = {},
) {
  const { status = 200, ...rest } = more;
  const heard = Math.min(Number(form["heard"]) || 0, ctx.now.getTime());
  const answers = Number(form["answers"]) || 0;
  return json(
    { answer: { words, formKey: form["key"] || newToken(), heard, answers, ...rest } },
    { status, headers: mistake },
  );
}

async function stillTheirs({ ctx, locale }: Given, id: string): Promise<boolean> {
  try {
    await getThread(ctx, id, locale);
    return true;
  } catch (error) {
    if (error instanceof Problem && error.kind === "not-found") return false;
    throw error;
  }
}
