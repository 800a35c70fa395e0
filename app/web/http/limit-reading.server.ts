import type { RequestHandler } from "express";
import type { Ctx, SignedIn } from "#app/core/ctx.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { directionOf } from "#app/i18n/locales.ts";
import { askingAddress } from "#app/people/asking-address.ts";
import { findApiToken, findSession } from "#app/people/find-session.server.ts";
import { readPass } from "#app/people/human/pass.server.ts";
import { secondsLeft, takeFromLimit } from "#app/people/rate-limit.server.ts";
import { readCookie } from "../cookies.server.ts";
import { localeOf } from "../locale.server.ts";
import { safePath } from "../safe-path.ts";
import type { Services } from "../services.server.ts";
import { refuse } from "./guard.server.ts";

const MINUTE = 60;
/** Pages and API answers a minute. A camp behind one address is many people; one person signed in is one. */
const READS = { address: 300, person: 240, pass: 120 };
/** Counted in memory and written down so many at a time, so that who reads like a person costs no write at all. */
const LUMP = 20;

/** What everybody may fetch as often as they like: the way past the limit, and what the machines ask. */
const FREE = /^\/(check|healthz|readyz|assets\/|hooks\/|dev\/)/;

type Facts = { address: string | null; headers: Request; now: Date };
type Verdict = { let: true } | { let: false; seconds: number };

/**
 * Limits how much is read from one network address, in PostgreSQL for all servers together, within `LUMP` for each of
 * them. Past it, who is signed in or has proved to be a person counts by themselves, so that nobody is shut out by a
 * scraper next door.
 */
export function makeReadLimit(services: Services): (facts: Facts) => Promise<Verdict> {
  const counts = new Map<string, number>();
  let minute = 0;

  /** @returns false once the window has no room for another lump. */
  const count = async (ctx: Ctx, key: string, max: number): Promise<boolean> => {
    const thisMinute = Math.floor(ctx.now.getTime() / (MINUTE * 1000));
    if (thisMinute !== minute || counts.size > 10_000) counts.clear();
    minute = thisMinute;
    const seen = (counts.get(key) ?? 0) + 1;
    counts.set(key, seen);
    if (seen % LUMP !== 0 || seen > max) return seen <= max;
    if (await takeFromLimit(ctx, { key: `reads ${key}`, max: max / LUMP, perSeconds: MINUTE })) return true;
    counts.set(key, Infinity);
    return false;
  };

  return async ({ address: peer, headers, now }) => {
    const address = askingAddress(peer);
    const ctx = asNobody(services, now);
    if (!address || ctx.rateLimits === false || (await count(ctx, `from ${address}`, READS.address)))
      return { let: true };
    const pass = readPass(ctx, readCookie(services.env, headers, "human"));
    if (pass && (await count(ctx, `with ${pass.nonce}`, READS.pass))) return { let: true };
    const person = await whoAsks(services, headers, now);
    if (person && (await count(ctx, `by ${person.id}`, READS.person))) return { let: true };
    return { let: false, seconds: secondsLeft(now, MINUTE) };
  };
}

/** Only asked past the limit, where everybody else is refused. */
function whoAsks({ db, env }: Services, headers: Request, now: Date): Promise<SignedIn | null> {
  const bearer = /^Bearer ([\w-]{1,200})$/i.exec(headers.headers.get("authorization") ?? "")?.[1];
  if (bearer) return findApiToken(db, bearer, now);
  const token = readCookie(env, headers, "sid");
  return token ? findSession(db, token, now) : Promise.resolve(null);
}

/** The middleware: 429 with `Retry-After`, and in browsers the way to go on at once. */
export function limitReading(services: Services): RequestHandler {
  const read = makeReadLimit(services);
  return async (req, res, next) => {
    if ((req.method !== "GET" && req.method !== "HEAD") || FREE.test(req.path)) return next();
    const { cookie, authorization, "accept-language": languages } = req.headers;
    const given = { cookie: cookie ?? "", authorization: authorization ?? "", "accept-language": languages ?? "" };
    const headers = new Request("http://here.invalid", { headers: given });
    const now = services.clock?.() ?? new Date();
    // Where the database is away nothing is counted: the page itself says so.
    const asked = { address: String(res.locals["peer"] ?? ""), headers, now };
    const verdict = await read(asked).catch(() => ({ let: true as const }));
    if (verdict.let) return next();
    res.setHeader("Retry-After", String(verdict.seconds));
    const locale = localeOf(services.env, headers);
    const t = textFor(locale);
    const words = t("human.too_much", { n: verdict.seconds });
    if (!/\btext\/html\b/.test(req.headers.accept ?? "")) return refuse(req, res, 429, words);
    const way = `/check?to=${encodeURIComponent(safePath(req.originalUrl))}`;
    const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${t("human.title")}</title>`;
    const page = `<h1>${t("human.title")}</h1><p>${words}</p><p><a href="${way}">${t("human.at_once")}</a></p>`;
    res.status(429).setHeader("Cache-Control", "no-store");
    res
      .type("text/html; charset=utf-8")
      .send(`<!doctype html><html lang="${locale}" dir="${directionOf(locale)}">${head}${page}</html>`);
  };
}

const asNobody = ({ db, seal, log, env }: Services, now: Date): Ctx => ({
  db,
  seal,
  log,
  now,
  person: null,
  publicUrl: env.PUBLIC_URL,
  rateLimits: env.RATE_LIMITS === "on",
});
