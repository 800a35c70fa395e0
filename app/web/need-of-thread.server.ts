import { json, redirect } from "@remix-run/node";
import { newToken } from "#app/core/ids.server.ts";
import { Problem } from "#app/core/problems.ts";
import { notifyWorker } from "#app/events/wake-worker.server.ts";
import { listGroups } from "#app/groups/queries.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import type { Text } from "#app/i18n/text.ts";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { getThread } from "#app/messages/get-thread.server.ts";
import { NeedInput } from "#app/messages/need-input.ts";
import { beginNeed, needOfThread } from "#app/messages/need-of-thread.server.ts";
import { fetchRecording } from "#app/sms/recordings.server.ts";
import { providerOf } from "#app/sms/provider.server.ts";
import { recordingOf } from "#app/messages/steer-thread.server.ts";
import type { Given as GuardedGiven } from "./guarded.server.ts";
import { parseForm, readForm } from "./parse-form.server.ts";
import { mistake } from "./screen-headers.ts";

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
      formKey: newToken(),
      heard: thread.lastHeardAt.getTime(),
      call: callSid ?? "",
    },
    { headers: { "Cache-Control": "no-store" } },
  );
}

/** Every category of every group, as one list to pick from. */
export const choicesOf = (groups: Awaited<ReturnType<typeof listGroups>>, t: Text) =>
  groups.flatMap((group) => [
    ...group.categories.map((one) => ({ value: `${group.slug}/${one.slug}`, label: `${group.name}: ${one.name}` })),
    { value: `${group.slug}/`, label: `${group.name}: ${t("posts.what.other")}` },
  ]);

/** Publishes it; a form with a mistake is shown again as it was typed. */
export async function sendNeedOfThread({ ctx, request, params }: Given) {
  const values = await readForm(request);
  const parsed = parseForm(NeedInput, values);
  if (!parsed.ok) return json(parsed.fault, { status: 422, headers: mistake });
  const call = values["call"] ?? "";
  const callSid = CALL_SID.test(call) ? call : null;
  const post = await needOfThread(ctx, { ...parsed.data, threadId: params["thread"] ?? "", callSid });
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
