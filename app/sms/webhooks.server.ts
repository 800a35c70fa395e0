import type { Express } from "express";
import { notifyWorker } from "#app/events/wake-worker.server.ts";
import { recordDeliveryReport } from "#app/notifications/delivery-report.server.ts";
import { hearText } from "#app/texting/hear-text.server.ts";
import {
  answered,
  EMPTY_TWIML,
  NOTHING,
  refused,
  type HookAnswer,
  type HookRequest,
  type HookServices,
} from "./hook.server.ts";
import { INBOUND_PATH, STATUS_PATH, VOICE_PATH } from "./provider.server.ts";
import { voiceHook } from "./voice-hook.server.ts";

const SID = /^(SM|MM)[0-9a-f]{32}$/i;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** A number, a short code, or the name a company texts under: all are kept, only numbers are answered. */
const SENDER = /^[+\w .&'-]{2,40}$/;

/** What became of a text: kept and applied by rank, in whatever order it comes. */
export function statusHook(request: HookRequest, services: HookServices): Promise<HookAnswer> {
  return answered(request, services, async (ctx, params) => {
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

/** A text somebody sent us: kept before it is answered. What we say goes through the outbox, never through this answer. */
export function smsHook(request: HookRequest, services: HookServices): Promise<HookAnswer> {
  return answered(request, services, async (ctx, params) => {
    const messageSid = params.get("MessageSid") ?? "";
    const from = params.get("From") ?? "";
    if (!SID.test(messageSid) || !SENDER.test(from)) return refused(400);
    await hearText(ctx, {
      messageSid,
      from,
      toNumber: (params.get("To") ?? "").slice(0, 40),
      body: (params.get("Body") ?? "").replaceAll("\0", "").slice(0, 1600),
      media: Math.min(Number(/^\d{1,3}$/.exec(params.get("NumMedia") ?? "")?.[0] ?? 0), 100),
      source: "webhook",
    });
    notifyWorker(ctx.db);
    return EMPTY_TWIML;
  });
}

/** Mounts the hooks. The body must have been read as bytes, with a limit, before. */
export function mountTwilioHooks(app: Express, services: HookServices): void {
  for (const [path, hook] of [
    [STATUS_PATH, statusHook],
    [INBOUND_PATH, smsHook],
    [VOICE_PATH, voiceHook],
  ] as const) {
    app.post(path, (req, res, next) => {
      const bodyText = Buffer.isBuffer(req.body) ? req.body.toString("utf8") : "";
      hook({ url: req.originalUrl, headers: req.headers, bodyText }, services)
        .then(({ status, body, type }) => res.status(status).type(type).send(body))
        .catch(next);
    });
  }
}
