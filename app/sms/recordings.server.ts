import type { TwilioSettings } from "./twilio.server.ts";

const WITHIN_MS = 10_000;

/**
 * A message that was left, fetched from the provider as somebody listens: no copy is kept here. Plain HTTP, because the
 * web process never loads the client (https://www.twilio.com/docs/voice/api/recording#fetch-a-recordings-media).
 *
 * @returns null when the provider does not have it, or does not answer.
 */
export async function fetchRecording(
  settings: Pick<TwilioSettings, "accountSid" | "authToken" | "apiBaseUrl" | "apiHost">,
  recordingSid: string,
): Promise<{ type: string; body: Uint8Array<ArrayBuffer> } | null> {
  const base = settings.apiBaseUrl?.replace(/\/+$/, "") ?? "https://api.twilio.com";
  const address = `${base}/2010-04-01/Accounts/${settings.accountSid}/Recordings/${recordingSid}.wav`;
  const basic = Buffer.from(`${settings.accountSid}:${settings.authToken}`).toString("base64");
  try {
    const answer = await fetch(address, {
      headers: { authorization: `Basic ${basic}`, ...(settings.apiHost ? { host: settings.apiHost } : {}) },
      signal: AbortSignal.timeout(WITHIN_MS),
    });
    if (!answer.ok) return null;
    return {
      type: answer.headers.get("content-type") ?? "audio/x-wav",
      body: new Uint8Array(await answer.arrayBuffer()),
    };
  } catch {
    return null;
  }
}
