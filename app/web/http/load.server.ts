import type { Request, RequestHandler } from "express";
import type { Lag } from "./event-loop.server.ts";
import { refuse } from "./guard.server.ts";

/** Reading waits for writing: who is in the middle of a form, and a text on its way in, are turned away last. */
const READING = { inFlight: 300, lagMs: 1_000 };
const WRITING = { inFlight: 1_000, lagMs: 3_000 };
const RETRY_AFTER_S = "5";
const BUSY = "It is very busy here right now. Please try again in a moment.";

export type Load = {
  /** Refuses at once, before anything is read or asked, what would only wait. */
  shed: RequestHandler;
  /** Counts from here to the answer. Before it, a body that comes slowly costs nobody anything. */
  count: RequestHandler;
};

/** Under more than can be done, a kind 503 for some beats a time-out for all. */
export function makeLoad(lag: Pick<Lag, "now">): Load {
  let inFlight = 0;
  return {
    shed(req, res, next) {
      const most = waits(req) ? READING : WRITING;
      if (inFlight < most.inFlight && lag.now() < most.lagMs) return next();
      res.setHeader("Retry-After", RETRY_AFTER_S);
      refuse(req, res, 503, BUSY);
    },
    count(_req, res, next) {
      inFlight += 1;
      res.once("close", () => (inFlight -= 1));
      next();
    },
  };
}

/** A page may be asked for again; without its styles and scripts it would be no page. */
const waits = (req: Request) => isReading(req) && !req.path.startsWith("/assets/");

export const isReading = ({ method }: Pick<Request, "method">): boolean => method === "GET" || method === "HEAD";
