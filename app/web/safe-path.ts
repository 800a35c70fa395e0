/**
 * A path on this site to go on to, or the fallback: one leading slash, no backslash, no control characters, and still
 * on our own origin after the browser's URL parser has had its way with it. That parser turns `/..//evil.example` into
 * `//evil.example`, which the next one takes for another host: what comes out is looked at as well.
 */
export function safePath(wanted: string | null | undefined, fallback = "/"): string {
  if (!wanted || wanted.length > 500 || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(wanted)) return fallback;
  const { origin, pathname, search, hash } = new URL(wanted, "http://here.invalid");
  return origin === "http://here.invalid" && !pathname.startsWith("//") ? pathname + search + hash : fallback;
}

/** Where somebody who signs in or confirms is sent on to: `to` of the address, or else their own page. */
export const wayOn = (request: Request): string => safePath(new URL(request.url).searchParams.get("to"), "/me");

/** Another page of the same walk, which leads on to the same place. */
export const withWayOn = (path: string, request: Request): string => `${path}?to=${encodeURIComponent(wayOn(request))}`;
