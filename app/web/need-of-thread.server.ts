import { json, redirect } from "@remix-run/node";
import { newToken } from "#app/core/ids.server.ts";
import { Problem } from "#app/core/problems.ts";
import { notifyWorker } from "#app/events/wake-worker.server.ts";
import { listGroups } from "#app/groups/queries.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { getThread } from "#app/messages/get-thread.server.ts";
import { NeedInput } from "#app/messages/need-input.ts";
import { beginNeed, needOfThread } from "#app/messages/need-of-thread.server.ts";
import { fetchRecording } from "#app/sms/recordings.server.ts";
import { providerOf } from "#app/sms/provider.server.ts";
import { recordingOf } from "#app/messages/steer-thread.server.ts";
import type { Given as GuardedGiven } from "./guarded.server.ts";
import { choicesOf, NOTHING_ASKED, readNeedForm } from "./need-form.server.ts";
import { readForm } from "./parse-form.server.ts";

type Given = GuardedGiven<"coordinator">;

const CALL_SID = /^CA[0-9a-f]{32}$/i;

/** The form that makes a need of a thread, begun with their words. */
export async function openNeedOfThread({ ctx, locale, request, params }: Given) {
  const t = textFor(locale);
  const thread = await getThread(ctx, params["thread"] ?? "", locale);
  const call = new URL(request.url).searchParams.get("call") ?? "";
  const callSid = CALL_SID.test(call) ? call : null;
  const [begun, groups] = await Promise.all([
    beginNeed(ctx, thread, { messageSid: null, callSid }),
    listGroups(ctx, locale, "uncounted"),
  ]);
  const { id, name, digits, stopped, postCode } = thread;
  return json(
    {
      title: t("messages.need.title"),
      id,
      name,
      digits,
      stopped,
      postCode,
      choices: choicesOf(groups, t),
      values: { ...begun, quantity: "1", visibility: "volunteers" } as Record<string, string>,
      errors: {} as Record<string, MessageId>,
      ...NOTHING_ASKED,
      formKey: newToken(),
      heard: thread.lastHeardAt.getTime(),
      call: callSid ?? "",
    },
    { headers: { "Cache-Control": "no-store" } },
  );
}

/** Publishes it; a form with a mistake is shown again as it was typed. */
export async function sendNeedOfThread({ ctx, request, params, locale }: Given) {
  const values = await readForm(request);
  const sent = await readNeedForm(ctx, { schema: NeedInput, values, locale });
  if (sent.again) return sent.again;
  const call = values["call"] ?? "";
  const callSid = CALL_SID.test(call) ? call : null;
  const given = { ...sent.data, answers: sent.answers, threadId: params["thread"] ?? "", callSid };
  const post = await needOfThread(ctx, given);
  notifyWorker(ctx.db);
  return redirect(`/coordinate/messages?said=need&code=${post.code}`, 303);
}

/** A message by voice, fetched as somebody listens. */
export async function listen({ ctx, params, context }: Given): Promise<Response> {
  const callSid = params["callSid"] ?? "";
  const recordingSid = await recordingOf(ctx, CALL_SID.test(callSid) ? callSid : "");
  const recording = await fetchRecording(providerOf(context.services.env), recordingSid);
  if (!recording) throw new Problem("not-found");
  return new Response(recording.body, {
    headers: { "Content-Type": recording.type, "Cache-Control": "private, no-store", "Accept-Ranges": "none" },
  });
}
