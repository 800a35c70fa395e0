import type { IncomingMessage, Server } from "node:http";
import type { Socket } from "node:net";

type Options = {
  /** What counts as one asker; null for whoever passes on the requests of many others. */
  askerOf: (address: string | undefined) => string | null;
  /** Connections of one asker, and of all, on which nothing is being answered. */
  perAsker?: number;
  altogether?: number;
};

/**
 * Bounds connections that only wait: kept alive, or sending a request so slowly that it never ends. When there are too many,
 * **the one that waited longest goes**, and nobody who comes is refused. A shelter with two hundred phones behind one
 * address loses idle connections that browsers open again unseen; who holds five hundred open on purpose pushes out their own.
 */
export function boundWaiting(server: Server, { askerOf, perAsker = 400, altogether = 4_000 }: Options): void {
  const everybody = new Map<Socket, string | null>();
  const byAsker = new Map<string, Set<Socket>>();

  function leave(socket: Socket): void {
    const asker = everybody.get(socket);
    everybody.delete(socket);
    if (!asker) return;
    const theirs = byAsker.get(asker)!;
    theirs.delete(socket);
    if (theirs.size === 0) byAsker.delete(asker);
  }

  function wait(socket: Socket, asker: string | null): void {
    if (socket.destroyed) return;
    everybody.set(socket, asker);
    const theirs = asker ? (byAsker.get(asker) ?? new Set()).add(socket) : null;
    if (theirs) byAsker.set(asker!, theirs);
    if (theirs && theirs.size > perAsker) sendAway(theirs.values().next().value!);
    else if (everybody.size > altogether) sendAway(everybody.keys().next().value!);
  }

  function sendAway(socket: Socket): void {
    leave(socket);
    socket.destroy();
  }

  server.on("connection", (socket) => {
    wait(socket, askerOf(socket.remoteAddress));
    socket.once("close", () => leave(socket));
  });
  server.on("request", (req, res) => {
    const { socket } = req;
    const asker = askerOf(socket.remoteAddress);
    const isHere = () => {
      // Refused before its body was read.
      if (res.writableEnded) return;
      leave(socket);
      res.once("close", () => wait(socket, asker));
    };
    if (hasBody(req)) req.once("end", isHere);
    else isHere();
  });
}

const hasBody = ({ headers }: IncomingMessage) =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
