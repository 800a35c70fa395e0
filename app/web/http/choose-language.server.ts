import type { RequestHandler } from "express";
import type { Env } from "#app/core/env.server.ts";
import { isLocale } from "#app/i18n/locales.ts";
import { cookieHeader } from "../cookies.server.ts";

/** `?lang=es` on any page remembers the choice in this browser and lands on the same page, so it works without JavaScript. */
export function chooseLanguage(env: Pick<Env, "PUBLIC_URL">): RequestHandler {
  return (req, res, next) => {
    if (req.method !== "GET" || typeof req.query.lang !== "string") return next();
    const url = new URL(req.originalUrl, "http://here.invalid");
    url.searchParams.delete("lang");
    if (isLocale(req.query.lang)) res.setHeader("Set-Cookie", cookieHeader(env, "lang", req.query.lang));
    res.setHeader("Cache-Control", "no-store");
    const path = url.pathname.replace(/^\/+/, "/");
    res.redirect(303, path + url.search);
  };
}
