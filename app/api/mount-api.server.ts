import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import compression from "compression";
import type {
  ErrorRequestHandler,
  Express,
  Request as ExpressRequest,
  RequestHandler,
  Response as ExpressResponse,
} from "express";
import { errorFields } from "#app/core/log.server.ts";
import { Problem, PROBLEM_KINDS, statusOf, type ProblemKind } from "#app/core/problems.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { preferredLocale } from "#app/web/locale.server.ts";
import { handleApi } from "./handle-api.server.ts";
import { problemResponse, titleOf } from "./problem-response.server.ts";
import type { ApiServices } from "./services.ts";

/** Puts the API beside Remix, which would cost it 2 to 4 ms a request. Bodies that were refused before end here too. */
export function mountApi(app: Express, services: ApiServices): void {
  app.use("/api", compression(), async (req, res, next) => {
    try {
      const request = toRequest(req, services.env.PUBLIC_URL);
      await send(res, await handleApi(request, services, String(res.locals["peer"] ?? "")), req.method === "HEAD");
    } catch (error) {
      next(error);
    }
  });
  app.use("/api", refused(services));
  app.get("/problems/:kind", explainProblem);
}

/** Where a problem's `type` leads: what it is, in the reader's language. */
const explainProblem: RequestHandler = (req, res, next) => {
  const kind = PROBLEM_KINDS.find((known) => known === req.params["kind"]);
  if (!kind) return next();
  const t = textFor(preferredLocale(req.headers["accept-language"] ?? ""));
  const lines = [`${titleOf(kind)} (${statusOf(kind)})`, "", t(`problem.${kind}`, { remaining: 0 })];
  res.type("text/plain; charset=utf-8").setHeader("Vary", "Accept-Language");
  res.send(`${lines.join("\n")}\n`);
};

function toRequest(req: ExpressRequest, publicUrl: string): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(req.headers)) {
    for (const one of [value ?? []].flat()) headers.append(name, one);
  }
  const url = new URL(req.originalUrl, publicUrl);
  if (/^(TRACE|TRACK|CONNECT)$/.test(req.method)) throw new Problem("method-not-allowed");
  if (req.method === "GET" || req.method === "HEAD") return new Request(url, { method: req.method, headers });
  const unread = req.body === undefined && req.readable;
  const body = Buffer.isBuffer(req.body) ? new Uint8Array(req.body) : unread ? streamOf(req) : null;
  return new Request(url, { method: req.method, headers, body, duplex: "half" } as RequestInit);
}

const streamOf = (req: ExpressRequest) => Readable.toWeb(req) as ReadableStream as unknown as BodyInit;

async function send(res: ExpressResponse, response: Response, headOnly: boolean): Promise<void> {
  const body = Buffer.from(await response.arrayBuffer());
  res.status(response.status);
  for (const [name, value] of response.headers) res.setHeader(name, value);
  if (response.status === 413) res.setHeader("Connection", "close");
  res.setHeader("Content-Length", body.length);
  res.end(headOnly ? undefined : body);
}

const KINDS: Record<number, ProblemKind> = { 413: "too-large", 415: "unsupported-type" };

/** What went wrong before the API was reached: a body too large, in an encoding we don't take, or broken off. */
function refused({ env, log }: ApiServices): ErrorRequestHandler {
  return async (error, req, res, _next) => {
    const status = Number(error?.status);
    const kind: ProblemKind =
      error instanceof Problem
        ? error.kind
        : (KINDS[status] ?? (status >= 400 && status < 500 ? "malformed" : "unexpected"));
    if (kind === "unexpected") log.error("api failed", { method: req.method, ...errorFields(error) });
    if (res.headersSent) return void res.destroy();
    const locale = preferredLocale(req.headers["accept-language"] ?? "");
    await send(res, problemResponse(new Problem(kind), { locale, publicUrl: env.PUBLIC_URL }), req.method === "HEAD");
  };
}
