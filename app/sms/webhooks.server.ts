import type { Express } from "express";
import type { Ctx } from "#app/core/ctx.ts";
import type { Env } from "#app/core/env.server.ts";
import { errorFields, type Log } from "#app/core/log.server.ts";
import type { Seal } from "#app/core/seal.server.ts";
import { notifyWorker } from "#app/events/wake-worker.server.ts";
import { recordDeliveryReport } from "#app/notifications/delivery-report.server.ts";
import { hearText } from "#app/notifications/hear-text.server.ts";
import type { Db } from "#db/client.server.ts";
import { INBOUND_PATH, providerOf, STATUS_PATH } from "./provider.server.ts";
import { isFromTwilio } from "./signature.server.ts";

export type HookServices = { env: Env; db: Db; seal: Seal; log: Log; clock?: () => Date };
/** `url` is path and query as they came. */
export type HookRequest = { url: string; headers: Record<string, string | string[] | undefined>; bodyText: string };
export type HookAnswer = { status: number; body: string; type: string };

const NOTHING: HookAnswer = { status: 204, body: "", type: "text/plain" };
const EMPTY_TWIML: HookAnswer = { status: 200, body: "<Response/>", type: "text/xml" };
const refused = (status: 400 | 403 | 503): HookAnswer => ({ status, body: "", type: "text/plain" });

const SID = /^(SM|MM)[0-9a-f]{32}$/i;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const PHONE = /^\+[1-9]\d{4,14}$/;

/** What became of a text: kept and applied by rank, in whatever order it comes. */
export function statusHook(request: HookRequest, services: HookServices): Promise<HookAnswer> {
  return answer(request, services, async (ctx, params) => {
    const providerSid = params.get("MessageSid") ?? "";
    const status = params.get("MessageStatus") ?? "";
    if (!SID.test(providerSid) || !/^[a-z_]{2,40}$/.test(status)) return refused(400);
    const outboxId = new URL(request.url, "http://x").searchParams.get("m");
    const code = params.get("ErrorCode");
    await recordDeliveryReport(ctx, {
      providerSid,
      outboxId: outboxId && UUID.test(outboxId) ? outboxId : null,
      status,
      errorCode: code && /^\d{1,6}$/.test(code) ? code : null,
    });
    return NOTHING;
  });
}

/** A text somebody sent us. The provider answers STOP, START and HELP itself; what we say goes through the outbox. */
export function smsHook(request: HookRequest, services: HookServices): Promise<HookAnswer> {
  return answer(request, services, async (ctx, params) => {
    const messageSid = params.get("MessageSid") ?? "";
    const from = params.get("From") ?? "";
    if (!SID.test(messageSid) || !PHONE.test(from)) return refused(400);
    await hearText(ctx, { messageSid, from, body: (params.get("Body") ?? "").replaceAll("\0", "").slice(0, 1600) });
    notifyWorker(ctx.db);
    return EMPTY_TWIML;
  });
}

type Work = (ctx: Ctx, params: URLSearchParams) => Promise<HookAnswer>;

/** The signature first; then the work. When the database is away the provider hears 503 and tries its fallback. */
async function answer(request: HookRequest, services: HookServices, work: Work): Promise<HookAnswer> {
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

/** Mounts the hooks. The body must have been read as bytes, with a limit, before. */
export function mountTwilioHooks(app: Express, services: HookServices): void {
  for (const [path, hook] of [
    [STATUS_PATH, statusHook],
    [INBOUND_PATH, smsHook],
  ] as const) {
    app.post(path, (req, res, next) => {
      const bodyText = Buffer.isBuffer(req.body) ? req.body.toString("utf8") : "";
      hook({ url: req.originalUrl, headers: req.headers, bodyText }, services)
        .then(({ status, body, type }) => res.status(status).type(type).send(body))
        .catch(next);
    });
  }
}
