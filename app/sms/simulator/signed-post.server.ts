import { getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks.js";

type Settings = { authToken: string; publicUrl: string; hooksAt: string };

/**
 * Calls a hook as Twilio would: signed for the address it was given, posted to the same path on this machine.
 *
 * @returns the status, or the name of the error when there was no answer, and its words.
 */
export async function signedPost(
  { authToken, publicUrl, hooksAt }: Settings,
  address: string,
  params: Record<string, string>,
): Promise<{ status: number | string; body: string }> {
  const { pathname, search } = new URL(address);
  try {
    const response = await fetch(hooksAt + pathname + search, {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        host: new URL(publicUrl).host,
        "x-twilio-signature": getExpectedTwilioSignature(authToken, address, params),
      },
      body: new URLSearchParams(params),
      signal: AbortSignal.timeout(15_000),
    });
    return { status: response.status, body: await response.text() };
  } catch (error) {
    return { status: error instanceof Error ? error.name : "failed", body: "" };
  }
}
