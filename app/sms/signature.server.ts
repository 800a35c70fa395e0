// Only this module of the client: the whole of it costs the web process 22 MB.
import { validateRequest } from "twilio/lib/webhooks/webhooks.js";

/** Parameters as Twilio signs them: a repeated name is a list. */
export function signedParams(body: string): Record<string, string | string[]> {
  const params = new URLSearchParams(body);
  return Object.fromEntries(
    [...new Set(params.keys())].map((name) => {
      const values = params.getAll(name);
      return [name, values.length > 1 ? values : values[0]!];
    }),
  );
}

/**
 * Whether Twilio sent this. The address is the one Twilio was given (`publicUrl` and the request's path and query), not
 * the one a proxy passed on. Never throws: a malformed signature or address is simply not Twilio's.
 */
export function isFromTwilio(request: {
  authToken: string;
  signature: string | undefined;
  publicUrl: string;
  pathAndQuery: string;
  body: string;
}): boolean {
  if (!request.signature) return false;
  try {
    const url = request.publicUrl + request.pathAndQuery;
    return validateRequest(request.authToken, request.signature, url, signedParams(request.body));
  } catch {
    return false;
  }
}
