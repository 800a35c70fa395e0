import type { Env } from "#app/core/env.server.ts";
import { isLocale, type Locale } from "#app/i18n/locales.ts";
import { readCookie } from "./cookies.server.ts";

/** The language to answer in: the one that was chosen, else the first of the browser's that we speak, else English. */
export function localeOf(env: Pick<Env, "PUBLIC_URL">, request: Request): Locale {
  const chosen = readCookie(env, request, "lang");
  if (isLocale(chosen)) return chosen;
  return preferredLocale(request.headers.get("accept-language") ?? "");
}

/** @param header an `Accept-Language` value (RFC 9110 §12.5.4) */
export function preferredLocale(header: string): Locale {
  const wishes = header.split(",").map((wish) => {
    const [tag = "", ...parameters] = wish.trim().split(";");
    const q = parameters.find((parameter) => parameter.trim().startsWith("q="));
    const weight = Number(q?.trim().slice(2) ?? 1);
    return { language: tag.slice(0, 2).toLowerCase(), weight: Number.isFinite(weight) ? weight : 0 };
  });
  const known = wishes.filter((wish) => isLocale(wish.language) && wish.weight > 0);
  return (known.toSorted((a, b) => b.weight - a.weight)[0]?.language ?? "en") as Locale;
}
