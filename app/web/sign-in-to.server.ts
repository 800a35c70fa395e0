import { redirect } from "@remix-run/node";
import type { Env } from "#app/core/env.server.ts";
import type { SignedInNow } from "#app/people/new-session.server.ts";
import { endSession } from "#app/people/sessions.server.ts";
import { cookieHeader, readCookie } from "./cookies.server.ts";
import type { Given } from "./guarded.server.ts";

/** The answer that makes a browser somebody's, and sends it on: to `to`, by way of the question for a name where there is none. */
export async function signInTo(
  { ctx, request, context }: Given<"anyone">,
  { sessionToken, person }: SignedInNow,
  to: string,
): Promise<Response> {
  const { env } = context.services;
  const before = readCookie(env, request, "sid");
  if (before) await endSession(ctx, before);
  const headers = sessionHeaders(env, sessionToken);
  // English is also what people have who never chose: then the browser's own language goes on deciding.
  const chosen = person.locale !== "en" && !readCookie(env, request, "lang");
  if (chosen) headers.append("Set-Cookie", cookieHeader(env, "lang", person.locale));
  return redirect(person.hasName ? to : `/sign-in/name?to=${encodeURIComponent(to)}`, { status: 303, headers });
}

/** The answer for whoever showed again that it is still them: the session under its new token, and on to `to`. */
export function staySignedIn({ context }: Given<"signed-in">, { sessionToken }: SignedInNow, to: string): Response {
  return redirect(to, { status: 303, headers: sessionHeaders(context.services.env, sessionToken) });
}

/** The session's cookie, and an end to the code's. */
function sessionHeaders(env: Env, sessionToken: string): Headers {
  const headers = new Headers();
  headers.append("Set-Cookie", cookieHeader(env, "sid", sessionToken));
  headers.append("Set-Cookie", cookieHeader(env, "challenge", null));
  return headers;
}
