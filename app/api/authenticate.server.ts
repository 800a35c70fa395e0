import type { SignedIn } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { findApiToken, findSession } from "#app/people/find-session.server.ts";
import { readCookie } from "#app/web/cookies.server.ts";
import type { ApiServices } from "./services.ts";

/** A credential was given and is good for nothing: it was never one of ours, or was taken back. */
export class UnknownToken extends Problem {
  constructor() {
    super("sign-in-needed");
  }
}

const BEARER = /^Bearer +([\w.~+/-]{1,200}=*)$/i;

/**
 * Who is asking: the bearer token decides where there is one, else the session cookie. A browser's session counts for
 * changes only when the browser says that the request comes from our own pages.
 *
 * @throws UnknownToken when an `Authorization` header came that opens nothing.
 */
export async function personOf(request: Request, services: ApiServices, now: Date): Promise<SignedIn | null> {
  const authorization = request.headers.get("authorization");
  if (authorization !== null) {
    const token = BEARER.exec(authorization)?.[1];
    const person = token ? await findApiToken(services.db, token, now) : null;
    if (!person) throw new UnknownToken();
    return person;
  }
  const session = readCookie(services.env, request, "sid");
  if (!session) return null;
  const site = request.headers.get("sec-fetch-site");
  const foreign = site !== null && site !== "same-origin" && site !== "none";
  if (foreign && request.method !== "GET" && request.method !== "HEAD") throw new Problem("not-allowed");
  return findSession(services.db, session, now);
}
