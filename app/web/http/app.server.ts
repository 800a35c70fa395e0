import { join } from "node:path";
import compression from "compression";
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from "express";
import type { ServerBuild } from "@remix-run/node";
import { errorFields } from "#app/core/log.server.ts";
import { plainHeaders } from "../security-headers.server.ts";
import type { Pulse } from "#db/pulse.server.ts";
import type { Services } from "../services.server.ts";
import { chooseLanguage } from "./choose-language.server.ts";
import type { Lag } from "./event-loop.server.ts";
import { guard, refuse } from "./guard.server.ts";
import { limitReading } from "./limit-reading.server.ts";
import { LIVE_PATH } from "./live-stream.server.ts";
import { isReading, makeLoad } from "./load.server.ts";
import { healthz, readyz } from "./health.server.ts";
import { remixPages } from "./remix-pages.server.ts";

const BODY_LIMIT = "64kb";
/** Spreadsheets are brought in here, by whoever is signed in. */
const UPLOADS = "/coordinate/in";
const UPLOAD_LIMIT = "6mb";
/** A query that the driver lost would wait for ever; whoever asked is told to try again instead. */
const ANSWER_WITHIN_MS = 15_000;
const YEAR_MS = 365 * 24 * 3600 * 1000;

type Options = {
  build: ServerBuild;
  buildDir: string;
  isStopping: () => boolean;
  /** Mounts what lives beside Remix: the JSON API, the text provider's hooks, the simulator. */
  mount: (app: Express) => void;
  /** How late the event loop is; never, where nobody feels it. */
  lag?: Pick<Lag, "now">;
};

/** Everything one request passes, top to bottom. */
export function makeApp(services: Services, { build, buildDir, isStopping, mount, lag }: Options): Express {
  const app = express().disable("x-powered-by").disable("etag").set("public url", services.env.PUBLIC_URL);
  // Only what stands in this list may say whose request it passes on; else its own address counts.
  app.set("trust proxy", services.env.TRUSTED_PROXIES ?? false);
  const load = makeLoad(lag ?? { now: () => 0 });

  app.use((_req, res, next) => {
    for (const [name, value] of plainHeaders(services.env)) res.setHeader(name, value);
    next();
  });
  app.get("/healthz", healthz);
  app.get("/readyz", readyz(services, isStopping));
  app.use((req, res, next) => {
    if (isStopping()) res.setHeader("Connection", "close");
    next();
  });
  app.use(load.shed);
  app.use((req, res, next) => (isReading(req) ? answerInTime(req, res, next) : next()));
  if (services.pulse) app.use(whileSilent(services.pulse));
  app.use((req, res, next) => {
    res.locals["peer"] = req.ip ?? "";
    next();
  });
  app.use(guard(services.env));
  app.use(limitReading(services));
  app.use(
    "/assets",
    compression(),
    express.static(join(buildDir, "client/assets"), { immutable: true, maxAge: YEAR_MS }),
  );
  app.use(express.static(join(buildDir, "client"), { index: false, maxAge: "1h" }));
  const body = (limit: string) => express.raw({ type: () => true, limit, inflate: false });
  app.post(UPLOADS, (req, res, next) => (hasSession(req) ? body(UPLOAD_LIMIT)(req, res, next) : next()));
  app.use(body(BODY_LIMIT));
  // A stream stays open for hours and is counted by whoever serves it.
  app.use((req, res, next) => (req.path === LIVE_PATH ? next() : load.count(req, res, next)));
  app.use((req, res, next) => (isReading(req) ? next() : answerInTime(req, res, next)));
  mount(app);
  app.use(chooseLanguage(services.env));
  app.use(remixPages(build, services));
  app.use(lastResort(services));
  return app;
}

/** From here on; what is sent slowly may take the time that the server gives it. */
const answerInTime: RequestHandler = (req, res, next) => {
  const late = setTimeout(() => {
    if (res.headersSent) return;
    res.setHeader("Retry-After", "5");
    refuse(req, res, 503, SENTENCES[503]!);
  }, ANSWER_WITHIN_MS);
  res.on("close", () => clearTimeout(late));
  next();
};

/** Where PostgreSQL has fallen silent, whoever waits and whoever comes hears so at once, and nothing piles up behind it. */
function whileSilent(pulse: Pulse): RequestHandler {
  return (req, res, next) => {
    const sorry = () => {
      if (res.headersSent) return;
      res.setHeader("Retry-After", "5");
      refuse(req, res, 503, SENTENCES[503]!);
    };
    if (req.path.startsWith("/assets/") || req.path === LIVE_PATH) return next();
    if (pulse.isSilent()) return sorry();
    res.on("close", pulse.onSilence(sorry));
    next();
  };
}

/** A look at the cookie alone: the page itself asks whose it is. */
const hasSession = (req: { headers: { cookie?: string } }) =>
  /(^|;\s*)(__Host-)?sid=[\w-]{16,}/.test(req.headers.cookie ?? "");

/** A fixed sentence; what went wrong goes to the log without anything a person typed. */
function lastResort({ log }: Services): ErrorRequestHandler {
  return (error, req, res, _next) => {
    const status = typeof error?.status === "number" && error.status >= 400 && error.status < 500 ? error.status : 500;
    if (status === 500) log.error("request failed", { method: req.method, ...errorFields(error) });
    if (res.headersSent) return void res.destroy();
    refuse(req, res, status, SENTENCES[status] ?? (status < 500 ? SENTENCES[400]! : SENTENCES[500]!));
  };
}

const SENTENCES: Record<number, string> = {
  400: "We could not read that. Please go back and try again.",
  413: "That is too much to send at once. Please make it shorter.",
  415: "We could not read that kind of file.",
  500: "Something went wrong on our side. Please try again.",
  503: "It is very busy here right now. Please try again in a moment.",
};
