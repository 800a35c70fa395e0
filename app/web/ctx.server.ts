import type { AppLoadContext } from "@remix-run/node";
import type { Ctx } from "#app/core/ctx.ts";
import { findSession } from "#app/people/find-session.server.ts";
import { readCookie } from "./cookies.server.ts";

/** The context of one request: the services, the clock read once, and the person whose session the cookie names. */
export async function ctxOf(request: Request, { services }: Pick<AppLoadContext, "services">): Promise<Ctx> {
  const { db, seal, log, env, clock } = services;
  const now = clock?.() ?? new Date();
  const token = readCookie(env, request, "sid");
  const person = token ? await findSession(db, token, now, request.method === "POST") : null;
  return {
    db,
    seal,
    log,
    now,
    person,
    publicUrl: env.PUBLIC_URL,
    wakesNobody: env.SMS_PROVIDER === "local",
    textsTo: env.SMS_COUNTRIES,
    rateLimits: env.RATE_LIMITS === "on",
  };
}
