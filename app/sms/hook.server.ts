import type { Ctx } from "#app/core/ctx.ts";
import type { Env } from "#app/core/env.server.ts";
import { errorFields, type Log } from "#app/core/log.server.ts";
import type { Seal } from "#app/core/seal.server.ts";
import type { Db } from "#db/client.server.ts";
import { providerOf } from "./provider.server.ts";
import { isFromTwilio } from "./signature.server.ts";

export type HookServices = { env: Env; db: Db; seal: Seal; log: Log; clock?: () => Date };
/** `url` is path and query as they came. */
export type HookRequest = { url: string; headers: Record<string, string | string[] | undefined>; bodyText: string };
export type HookAnswer = { status: number; body: string; type: string };

export const NOTHING: HookAnswer = { status: 204, body: "", type: "text/plain" };
export const EMPTY_TWIML: HookAnswer = { status: 200, body: "<Response/>", type: "text/xml" };
export const refused = (status: 400 | 403 | 503): HookAnswer => ({ status, body: "", type: "text/plain" });

type Work = (ctx: Ctx, params: URLSearchParams) => Promise<HookAnswer>;

/** The signature first; then the work. When the database is away the provider hears 503 and tries its fallback. */
export async function answered(request: HookRequest, services: HookServices, work: Work): Promise<HookAnswer> {
  const { env, db, seal, log } = services;
  const { accountSid, authToken } = providerOf(env);
  const signature = request.headers["x-twilio-signature"];
  const genuine = isFromTwilio({
    authToken,
    signature: typeof signature === "string" ? signature : undefined,
    publicUrl: env.PUBLIC_URL,
    pathAndQuery: request.url,
    body: request.bodyText,
  });
  const params = new URLSearchParams(request.bodyText);
  if (!genuine || params.get("AccountSid") !== accountSid) return refused(403);
  const now = services.clock?.() ?? new Date();
  const ctx: Ctx = { db, seal, log, now, person: null, publicUrl: env.PUBLIC_URL };
  try {
    return await work(ctx, params);
  } catch (error) {
    log.error("a text hook failed", errorFields(error));
    return refused(503);
  }
}
