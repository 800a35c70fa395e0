import type { Env } from "#app/core/env.server.ts";

type CookieName = "sid" | "challenge" | "draft" | "lang" | "human" | "turn";

const DAY = 86_400;
const MAX_AGE: Record<CookieName, number> = {
  sid: 30 * DAY,
  challenge: 15 * 60,
  draft: DAY,
  lang: 365 * DAY,
  human: 30 * 60,
  turn: 60,
};
const SAFE = /^[\w-]{1,200}$/;

/**
 * Our cookies hold a random token or a language, nothing else: HttpOnly, SameSite=Lax, whole site. Behind https they
 * are Secure and carry the `__Host-` prefix (RFC 6265bis §4.1.3.2), so no other host can plant them.
 *
 * @param value the token, or null to take the cookie away
 */
export function cookieHeader(env: Pick<Env, "PUBLIC_URL">, name: CookieName, value: string | null): string {
  if (value !== null && !SAFE.test(value)) throw new Error(`a cookie's value must be a token: ${name}`);
  const secure = isHttps(env) ? "; Secure" : "";
  const age = value === null ? 0 : MAX_AGE[name];
  return `${fullName(env, name)}=${value ?? ""}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax${secure}`;
}

/** The value of one of our cookies, or null. Anything that does not look like a token counts as absent. */
export function readCookie(env: Pick<Env, "PUBLIC_URL">, request: Request, name: CookieName): string | null {
  const wanted = fullName(env, name);
  for (const part of (request.headers.get("cookie") ?? "").split(";")) {
    const [key, value] = part.trim().split("=", 2);
    if (key === wanted && value && SAFE.test(value)) return value;
  }
  return null;
}

const isHttps = (env: Pick<Env, "PUBLIC_URL">) => env.PUBLIC_URL.startsWith("https:");
const fullName = (env: Pick<Env, "PUBLIC_URL">, name: CookieName) => (isHttps(env) ? `__Host-${name}` : name);

/**
 * Headers after which the back button shows no page from before. Chromium keeps pages whole in memory, also those that are
 * not to be stored, until a cookie that scripts cannot read changes: so one is set and taken away at once.
 */
export function forgetPages(env: Pick<Env, "PUBLIC_URL">): Headers {
  const headers = new Headers();
  headers.append("Set-Cookie", cookieHeader(env, "turn", "1"));
  headers.append("Set-Cookie", cookieHeader(env, "turn", null));
  return headers;
}
