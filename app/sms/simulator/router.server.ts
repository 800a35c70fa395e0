import { timingSafeEqual } from "node:crypto";
import { Router, type Request, type Response } from "express";
import { hum } from "./caller.ts";
import type { Simulator } from "./simulator.server.ts";

/** Twilio's API under `/2010-04-01`, for the official client. The body must have been read as bytes before. */
export function simulatorApi(simulator: Simulator): Router {
  const router = Router();
  const base = `/2010-04-01/Accounts/${simulator.settings.accountSid}/Messages`;

  router.use((req, res, next) => {
    if (authorized(req, simulator)) return next();
    send(res, simulator.failure(401, 20003));
  });
  router.post(`${base}.json`, (req, res, next) => {
    const form = new URLSearchParams(Buffer.isBuffer(req.body) ? req.body.toString("utf8") : "");
    simulator
      .create(form)
      .then((answer) => send(res, answer))
      .catch(next);
  });
  router.get(`${base}.json`, (req, res) => {
    const size = Math.min(1000, Number(req.query["PageSize"] ?? 50) || 50);
    const query = { to: req.query["To"] as string | undefined, from: req.query["From"] as string | undefined };
    const messages = simulator.list({ to: query.to ?? null, from: query.from ?? null }).slice(0, size);
    const uri = `${base}.json?PageSize=${size}&Page=0`;
    send(res, {
      status: 200,
      body: {
        messages,
        page: 0,
        page_size: size,
        start: 0,
        end: Math.max(0, messages.length - 1),
        first_page_uri: uri,
        next_page_uri: null,
        previous_page_uri: null,
        uri,
      },
    });
  });
  router.get(`${base}/:sid.json`, (req, res) => {
    const message = simulator.find(req.params.sid);
    send(res, message ? { status: 200, body: message } : simulator.failure(404, 20404));
  });
  router.delete(`${base}/:sid.json`, (req, res) => {
    const message = simulator.find(req.params.sid);
    if (!message) return send(res, simulator.failure(404, 20404));
    // What is on its way cannot be deleted, as with the real one.
    if (["queued", "accepted", "sending"].includes(message.status)) return send(res, simulator.failure(409, 20009));
    simulator.remove(req.params.sid);
    res.status(204).end();
  });
  router.get(`/2010-04-01/Accounts/${simulator.settings.accountSid}/Recordings/:sid.wav`, (req, res) => {
    const seconds = simulator.calls.recording(req.params.sid);
    if (seconds === null) return send(res, simulator.failure(404, 20404));
    res.type("audio/x-wav").send(hum(seconds));
  });
  router.use((_req, res) => send(res, simulator.failure(404, 20404)));
  return router;
}

function authorized(req: Request, { settings }: Simulator): boolean {
  const right = Buffer.from(`Basic ${Buffer.from(`${settings.accountSid}:${settings.authToken}`).toString("base64")}`);
  const given = Buffer.from(req.headers.authorization ?? "");
  return given.length === right.length && timingSafeEqual(given, right);
}

function send(res: Response, answer: Awaited<ReturnType<Simulator["create"]>>): void {
  if (res.destroyed) return;
  if (answer === "drop") return void res.destroy();
  res.status(answer.status).json(answer.body);
}
