import type { RequestHandler } from "express";
import type { Env } from "#app/core/env.server.ts";
import type { ProblemKind } from "#app/core/problems.ts";

type Facts = { method: string; url: string; host?: string; origin?: string; fetchSite?: string; referer?: string };
type Refusal = { status: number; words: string; allow?: string };

const PAGE_METHODS = ["GET", "HEAD", "POST"];
/** The API says itself which of these an address has. */
const API_METHODS = [...PAGE_METHODS, "PATCH", "PUT", "DELETE", "OPTIONS"];
const MAX_URL = 4_096;
const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

/**
 * What stands in front of everything: Host allow-list, methods, URL length and encoding, and the origin of every
 * request that may change something. Remix's own check has holes (`?_data=`, resource routes, `X-Forwarded-Host`) and
 * answers 500; this one covers every path and answers 4xx. The text provider's hooks are exempt: they are signed.
 */
export function makeGuard(env: Pick<Env, "PUBLIC_URL" | "HOST" | "PORT">): (facts: Facts) => Refusal | null {
  const home = new URL(env.PUBLIC_URL);
  const local = loopbackHosts(env);
  const hosts = new Set([home.host, ...local]);
  const origins = new Set([home.origin, ...local.map((host) => `http://${host}`)]);

  return ({ method, url, host, origin, fetchSite, referer }) => {
    if (!host || !hosts.has(host.toLowerCase())) return { status: 400, words: "This address is not served here." };
    if (url.length > MAX_URL) return { status: 414, words: "That address is too long." };
    if (!url.startsWith("/") || !decodes(url)) return { status: 400, words: "That address is garbled." };
    const allowed = url.startsWith("/api/") ? API_METHODS : PAGE_METHODS;
    if (!allowed.includes(method))
      return { status: 405, words: "That cannot be done here.", allow: allowed.join(", ") };
    if (method === "GET" || method === "HEAD" || url.startsWith("/hooks/") || url.startsWith("/dev/twilio/"))
      return null;
    return fromHere({ url, origin, fetchSite, referer }, origins)
      ? null
      : { status: 403, words: "This form was sent from another site, so nothing was changed." };
  };
}

/** Browsers say where a form comes from: newest first, `Sec-Fetch-Site`, `Origin`, `Referer`. Programs say none of them. */
function fromHere({ url, origin, fetchSite, referer }: Omit<Facts, "method" | "host">, origins: Set<string>): boolean {
  if (fetchSite) return fetchSite === "same-origin" || fetchSite === "none";
  if (origin) return origins.has(origin);
  if (referer) return URL.canParse(referer) && origins.has(new URL(referer).origin);
  return url.startsWith("/api/");
}

/** On a machine that serves itself, its three loopback names are as good as the public one. */
function loopbackHosts(env: Pick<Env, "PUBLIC_URL" | "HOST" | "PORT">): string[] {
  const serves =
    LOOPBACK.includes(new URL(env.PUBLIC_URL).hostname) || LOOPBACK.includes(env.HOST) || env.HOST === "::1";
  return serves ? LOOPBACK.map((name) => (env.PORT === 80 ? name : `${name}:${env.PORT}`)) : [];
}

/** A path that means the same to us as to everything behind us: no control characters, no dot segments, one first slash. */
function decodes(url: string): boolean {
  try {
    const path = decodeURIComponent(url.split("?")[0]!);
    return !/\p{Cc}/u.test(path) && !/^\/[/\\]|[/\\]\.{1,2}([/\\]|$)/.test(path);
  } catch {
    return false;
  }
}

/** The guard as middleware. Headers that a proxy may set are dropped, so that nobody else can set them either. */
export function guard(env: Pick<Env, "PUBLIC_URL" | "HOST" | "PORT">): RequestHandler {
  const check = makeGuard(env);
  return (req, res, next) => {
    for (const name of ["x-forwarded-host", "x-forwarded-proto", "x-forwarded-for", "forwarded"])
      delete req.headers[name];
    const refusal = check({
      method: req.method,
      url: req.originalUrl,
      host: req.headers.host,
      origin: req.headers.origin,
      fetchSite: req.headers["sec-fetch-site"] as string | undefined,
      referer: req.headers.referer,
    });
    if (!refusal) return next();
    if (refusal.allow) res.setHeader("Allow", refusal.allow);
    refuse(req, res, refusal.status, refusal.words);
  };
}

const KINDS: Record<number, ProblemKind> = {
  403: "not-allowed",
  405: "method-not-allowed",
  413: "too-large",
  415: "unsupported-type",
  503: "too-busy",
};

/** One plain sentence; problem+json (RFC 9457) where a program asked. */
export function refuse(
  req: Parameters<RequestHandler>[0],
  res: Parameters<RequestHandler>[1],
  status: number,
  words: string,
) {
  res.status(status).setHeader("Cache-Control", "no-store");
  if (req.originalUrl.startsWith("/api/")) {
    const kind = KINDS[status] ?? (status < 500 ? "malformed" : "unexpected");
    const type = `${req.app.get("public url")}/problems/${kind}`;
    const title = kind.charAt(0).toUpperCase() + kind.slice(1).replaceAll("-", " ");
    res.type("application/problem+json").send(JSON.stringify({ type, title, status, detail: words }));
  } else {
    res.type("text/plain; charset=utf-8").send(`${words}\n`);
  }
}
