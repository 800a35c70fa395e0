import type { Express, Request as Asked, Response as Answer } from "express";
import type { SignedIn } from "#app/core/ctx.ts";
import { coordinatedGroups, isCoordinator } from "#app/groups/membership.ts";
import { makeHub, type Hub, type Watcher } from "#app/live/hub.server.ts";
import { findSession } from "#app/people/find-session.server.ts";
import { readCookie } from "../cookies.server.ts";
import type { Services } from "../services.server.ts";

export const LIVE_PATH = "/coordinate/live";
const MOST_WATCHERS = 2_000;
/** Whoever has so much unread does not keep up. */
const MOST_UNREAD_BYTES = 64 * 1024;
const CHECK_EVERY_MS = 60_000;

type Stream = Watcher & { token: string };

/**
 * `GET /coordinate/live`: what changes in the groups that a coordinator runs, as Server-Sent Events, until their session or
 * their role ends (looked at each minute). It says which posts, never any words: those are read as any page is.
 */
export function mountLive(app: Express, services: Services): Hub {
  const hub = makeHub(services);
  app.get(LIVE_PATH, (req, res, next) => void open(services, hub, req, res).catch(next));
  setInterval(() => void checkStreams(services, hub).catch(() => undefined), CHECK_EVERY_MS).unref();
  return hub;
}

async function open(services: Services, hub: Hub, req: Asked, res: Answer): Promise<void> {
  const { env } = services;
  const cookie = new Headers({ cookie: req.headers.cookie ?? "" });
  const token = readCookie(env, new Request("http://here", { headers: cookie }), "sid");
  const person = token ? await whose(services, token) : null;
  if (!person || !token) return void res.status(401).end();
  if (!isCoordinator(person)) return void res.status(403).end();
  if (hub.size >= MOST_WATCHERS) return void res.status(503).setHeader("Retry-After", "30").end();
  const stream = streamTo(res, person, token);
  res.on("close", () => hub.remove(stream));
  req.socket.setNoDelay(true);
  res.writeHead(200, {
    "Content-Type": "text/event-stream",
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",
  });
  res.write("retry: 2000\n\n");
  await hub.add(stream, knownBy(req)).catch(() => stream.close());
}

function streamTo(res: Answer, person: SignedIn, token: string): Stream {
  return {
    token,
    groups: scopeOf(person),
    personId: person.id,
    write: (text) => {
      if (res.writableLength > MOST_UNREAD_BYTES || res.destroyed) return false;
      res.write(text);
      return true;
    },
    close: () => res.destroy(),
  };
}

const scopeOf = (person: SignedIn) => {
  const groups = coordinatedGroups(person);
  return groups === "all" ? groups : groups.toSorted();
};

/** A browser that comes back says the last id it had; a page says up to where it was read. */
function knownBy(req: Asked): number | null {
  const id = Number(req.headers["last-event-id"] ?? req.query["after"] ?? NaN);
  return Number.isSafeInteger(id) && id >= 0 ? id : null;
}

const whose = ({ db, clock }: Services, token: string) => findSession(db, token, clock?.() ?? new Date());

/** Ends the streams of those who signed out or run nothing any more; who runs other groups now is told of those. */
export async function checkStreams(services: Services, hub: Hub): Promise<void> {
  const streams = hub.watchers() as Stream[];
  const people = new Map<string, SignedIn | null>();
  for (const { token } of streams) if (!people.has(token)) people.set(token, await whose(services, token));
  for (const stream of streams) {
    const person = people.get(stream.token) ?? null;
    if (isCoordinator(person)) stream.groups = scopeOf(person!);
    else stream.close();
  }
}
