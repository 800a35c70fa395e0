import { json, redirect, type AppLoadContext } from "@remix-run/node";
import type { Ctx, PersonCtx } from "#app/core/ctx.ts";
import { errorFields } from "#app/core/log.server.ts";
import { Problem } from "#app/core/problems.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { ctxOf } from "./ctx.server.ts";
import { isDatabaseAway } from "./database-away.server.ts";
import { localeOf } from "./locale.server.ts";

/**
 * Who may call a loader or an action. `link` means the token in the path is the permission; `developer` pages exist only
 * with the local text provider. Which group a coordinator may touch is decided by the verb's own `where`.
 */
export type Access = "anyone" | "signed-in" | "coordinator" | "admin" | "link" | "developer";

type Raw = { request: Request; params: Record<string, string | undefined>; context: AppLoadContext };
/** What a loader or an action with this access is given. */
export type Given<A extends Access> = Raw & {
  ctx: A extends "signed-in" | "coordinator" | "admin" ? PersonCtx : Ctx;
  locale: Locale;
};
type Guarded<T> = ((raw: Raw) => Promise<T>) & { access: Access };

/**
 * Wraps a loader or action: says who may call it (a test walks all of them), makes the context, and turns a `Problem`
 * into a response that the nearest error page shows. Each one guards itself, because Remix can run any of them alone.
 */
export function guarded<A extends Access, T>(access: A, run: (given: Given<A>) => Promise<T> | T): Guarded<T> {
  const wrapped = async (raw: Raw): Promise<T> => {
    try {
      const ctx = await ctxOf(raw.request, raw.context);
      admit(access, ctx, raw);
      const locale = localeOf(raw.context.services.env, raw.request);
      return await run({ ...raw, ctx, locale } as Given<A>);
    } catch (error) {
      throw toResponse(error, raw);
    }
  };
  return Object.assign(wrapped, { access });
}

function admit(access: Access, ctx: Ctx, { request, context }: Raw): void {
  if (access === "anyone" || access === "link") return;
  if (access === "developer") {
    if (context.services.env.SMS_PROVIDER === "local") return;
    throw new Problem("not-found");
  }
  if (!ctx.person) {
    const url = new URL(request.url);
    const back = request.method === "GET" ? url.pathname + url.search : url.pathname;
    throw redirect(`/sign-in?to=${encodeURIComponent(back)}`, 303);
  }
  if (access === "signed-in" || ctx.person.isAdmin) return;
  if (access === "coordinator" && Object.values(ctx.person.roles).includes("coordinator")) return;
  throw new Problem("not-allowed");
}

function toResponse(error: unknown, { request, context }: Raw): unknown {
  if (error instanceof Response) return error;
  const { log } = context.services;
  if (error instanceof Problem) return problemResponse(error);
  if (isDatabaseAway(error)) {
    log.warn("database away", { method: request.method, ...errorFields(error) });
    return problemResponse(new Problem("too-busy"));
  }
  log.error("route failed", { method: request.method, ...errorFields(error) });
  return json({ problem: "unexpected", facts: {} } satisfies ProblemBody, { status: 500 });
}

/** What the error page reads: the problem's kind and its facts. */
export type ProblemBody = { problem: string; facts: Record<string, string | number> };

export function problemResponse(problem: Problem): Response {
  const headers = problem.status === 503 || problem.status === 429 ? { "Retry-After": "5" } : undefined;
  const body: ProblemBody = { problem: problem.kind, facts: problem.facts };
  return json(body, { status: problem.status, headers });
}
