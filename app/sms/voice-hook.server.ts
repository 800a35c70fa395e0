import type { Ctx } from "#app/core/ctx.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import type { Locale } from "#app/i18n/locales.ts";
import {
  answerCall,
  callersLocale,
  endCall,
  keepRecording,
  keepTranscript,
  textBack,
  type Call,
} from "#app/texting/voice/calls.server.ts";
import { answered, refused, type HookAnswer, type HookRequest, type HookServices } from "./hook.server.ts";
import { VOICE_PATH } from "./provider.server.ts";
import { farewell, greet, listen, quiet, refuseCall, type Spoken } from "./voice.ts";

const CALL_SID = /^CA[0-9a-f]{32}$/i;
const RECORDING_SID = /^RE[0-9a-f]{32}$/i;
const PHONE = /^\+[1-9]\d{6,14}$/;

/**
 * A call, step by step: the greeting, then a key, a recording, and later its transcript. Every answer is TwiML.
 * Where the database is away the caller hears 503's busy tone and the provider calls the fallback.
 */
export function voiceHook(request: HookRequest, services: HookServices): Promise<HookAnswer> {
  return answered(request, services, async (ctx, params) => {
    const callSid = params.get("CallSid") ?? "";
    if (!CALL_SID.test(callSid)) return refused(400);
    const from = params.get("From") ?? "";
    const call = { callSid, from: PHONE.test(from) ? from : null, to: params.get("To") ?? "" };
    const step = new URL(request.url, "http://x").searchParams.get("step");
    const body = await takeStep(ctx, call, step, params);
    return { status: 200, body, type: "text/xml" };
  });
}

async function takeStep(ctx: Ctx, call: Call, step: string | null, params: URLSearchParams): Promise<string> {
  const hook = ctx.publicUrl + VOICE_PATH;
  switch (step) {
    case "key": {
      if (params.get("Digits") !== "1") return listen(hook);
      const locale = await callersLocale(ctx, call);
      const told = await textBack(ctx, call, locale);
      return farewell(inBoth(told ? "voice.texting_you" : "voice.cannot_text", locale));
    }
    case "recorded": {
      const recordingSid = params.get("RecordingSid") ?? "";
      if (!RECORDING_SID.test(recordingSid)) return farewell(inBoth("voice.nothing_heard", "en"));
      await keepRecording(ctx, call, { recordingSid, seconds: Number(params.get("RecordingDuration")) || 0 });
      return farewell(inBoth("voice.thank_you", "en"));
    }
    case "transcript":
      if (params.get("TranscriptionText")) await keepTranscript(ctx, call, params.get("TranscriptionText")!);
      return quiet();
    case "ended":
      await endCall(ctx, call);
      return quiet();
    default: {
      const greeted = await answerCall(ctx, call);
      if (!greeted) return refuseCall();
      return greet(hook, inBoth(call.from ? "voice.greeting" : "voice.greeting_hidden", greeted.locale));
    }
  }
}

/** The caller's language first, then English and Spanish. */
function inBoth(message: MessageId, first: Locale): Spoken[] {
  const locales = [...new Set<Locale>([first, "en", "es"])];
  return locales.map((locale) => ({ locale, words: textFor(locale)(message) }));
}
