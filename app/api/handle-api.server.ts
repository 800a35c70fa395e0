import { errorFields } from "#app/core/log.server.ts";
import { Problem } from "#app/core/problems.ts";
import { notifyWorker } from "#app/events/wake-worker.server.ts";
import { isLocale, type Locale } from "#app/i18n/locales.ts";
import { isDatabaseAway } from "#app/web/database-away.server.ts";
import { preferredLocale } from "#app/web/locale.server.ts";
import { personOf, UnknownToken } from "./authenticate.server.ts";
import { BadInput } from "./bad-input.ts";
import { openApiJson } from "./openapi.server.ts";
import type { ApiCtx, Operation } from "./operation.ts";
import { operations } from "./operations.server.ts";
import { problemResponse } from "./problem-response.server.ts";
import { readInput } from "./read-input.server.ts";
import { limitWriting } from "./limit-writing.server.ts";
import type { ApiServices } from "./services.ts";

const BASE = "/api/v1";

/**
 * Answers every request below `/api`. Whatever happens the answer is JSON, and every error a problem of RFC 9457.
 *
 * @param address where the caller's packets come from; only its keyed hash is kept, for limits.
 */
export async function handleApi(request: Request, services: ApiServices, address = ""): Promise<Response> {
  const { env } = services;
  const about = { locale: languageOf(request) ?? "en", publicUrl: env.PUBLIC_URL } as const;
  const url = new URL(request.url);
  let operationId: string | undefined;
  try {
    if (url.pathname === "/api/openapi.json") return openApi(request, env.PUBLIC_URL);
    const found = find(request.method, url.pathname);
    if (found instanceof Problem) throw found;
    if (Array.isArray(found)) {
      return problemResponse(new Problem("method-not-allowed"), { ...about, headers: { Allow: found.join(", ") } });
    }
    operationId = found.op.id;
    return await run(found, { request, services, url, address });
  } catch (error) {
    const problem = problemOf(error);
    if (problem.status >= 500) {
      const say = problem.status === 503 ? services.log.warn : services.log.error;
      say("api failed", { route: operationId ?? "", method: request.method, ...errorFields(error) });
    }
    const headers: Record<string, string> = problem.status === 401 ? { "WWW-Authenticate": challenge(error) } : {};
    return problemResponse(problem, { ...about, headers });
  }
}

type Found = { op: Operation; params: Record<string, string> };
type Asked = { request: Request; services: ApiServices; url: URL; address: string };

async function run({ op, params }: Found, { request, services, url, address }: Asked): Promise<Response> {
  const { db, seal, log, env, clock } = services;
  const now = clock?.() ?? new Date();
  const person = await personOf(request, services, now);
  if (op.auth === "required" && !person) throw new Problem("sign-in-needed");
  const locale = languageOf(request) ?? person?.locale ?? "en";
  const rateLimits = env.RATE_LIMITS === "on";
  const { PUBLIC_URL: publicUrl, SMS_COUNTRIES: textsTo } = env;
  const ctx = { db, seal, log, now, person, publicUrl, textsTo, rateLimits, locale, address };
  // What cannot be read counts as well, so that nobody sends it without end.
  if (op.method !== "GET") await limitWriting(ctx);
  const input = await readInput(op, request, url, params);
  const { status, body, headers } = await op.handle(ctx as ApiCtx<"required">, input);
  if (op.method !== "GET") notifyWorker(db);
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      "Content-Type": "application/json",
      "Content-Language": locale,
      "Cache-Control": "no-store",
      Vary: "Accept-Language, Authorization, Cookie",
      ...headers,
    },
  });
}

/** What was thrown as a problem: what nobody foresaw is `unexpected` and tells nothing. */
function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error.kind === "invalid-input" ? BadInput.from(error) : error;
  return new Problem(isDatabaseAway(error) ? "unavailable" : "unexpected");
}

/** RFC 6750 §3. */
const challenge = (error: unknown) =>
  error instanceof UnknownToken ? `Bearer realm="manyhands", error="invalid_token"` : `Bearer realm="manyhands"`;

/** The language the caller asked for, or null when it asked for none that we speak. */
function languageOf(request: Request): Locale | null {
  const asked = request.headers.get("accept-language");
  if (!asked) return null;
  const locale = preferredLocale(asked);
  return isLocale(locale) ? locale : null;
}

function openApi(request: Request, publicUrl: string): Response {
  if (request.method !== "GET" && request.method !== "HEAD") {
    return problemResponse(new Problem("method-not-allowed"), {
      locale: languageOf(request) ?? "en",
      publicUrl,
      headers: { Allow: "GET, HEAD" },
    });
  }
  const headers = { "Content-Type": "application/json", "Cache-Control": "public, max-age=300" };
  return new Response(openApiJson(publicUrl), { headers });
}

const ROUTES = operations.map((op) => ({
  op,
  pattern: new RegExp(`^${op.path.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`),
}));

/** The operation at an address, the methods that are allowed there, or the problem that there is nothing. */
function find(method: string, pathname: string): Found | string[] | Problem {
  if (!pathname.startsWith(`${BASE}/`)) return new Problem("not-found");
  const path = pathname.slice(BASE.length);
  const here = ROUTES.flatMap(({ op, pattern }) => {
    const match = pattern.exec(path);
    return match ? [{ op, params: { ...match.groups } }] : [];
  });
  if (here.length === 0) return new Problem("not-found");
  const wanted = method === "HEAD" ? "GET" : method;
  const allowed = here.flatMap(({ op }) => (op.method === "GET" ? ["GET", "HEAD"] : [op.method]));
  return here.find(({ op }) => op.method === wanted) ?? allowed;
}
