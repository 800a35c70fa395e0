import { connect } from "node:net";
import type { Wish } from "./twist.ts";

/** What came back; status 0: the connection ended without an answer. `hung`: nothing came to an end within `HANGS_MS`. */
export type Reply = { status: number; ms: number; hung: boolean };

export const HANGS_MS = 10_000;

export function bytesOf({ method, path, headers, body }: Wish): Buffer {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const length = body ? `content-length: ${body.length}\r\n` : "";
  const head = `${method} ${path} HTTP/1.1\r\n${lines}${length}connection: close\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body ?? Buffer.alloc(0)]);
}

/**
 * Sends bytes as they are, over a connection of their own, so that nobody mends them on the way.
 *
 * @param patienceMs after this we hang up ourselves: for what is no whole request.
 */
export function send(port: number, bytes: Buffer, patienceMs = HANGS_MS): Promise<Reply> {
  return new Promise((done) => {
    const start = performance.now();
    let heard = "";
    const socket = connect({ port, host: "127.0.0.1" });
    const end = (hung: boolean) => {
      clearTimeout(late);
      socket.destroy();
      done({ status: statusIn(heard), ms: performance.now() - start, hung });
    };
    const late = setTimeout(() => end(patienceMs === HANGS_MS), patienceMs);
    socket.on("connect", () => socket.write(bytes));
    socket.on("data", (part) => {
      if (heard.length < 2_000) heard += part.toString("latin1");
      // A stream of events has no end.
      if (/^content-type: text\/event-stream/im.test(heard)) end(false);
    });
    socket.on("error", () => undefined);
    socket.on("close", () => end(false));
  });
}

/** The last word, after any `100 Continue`. */
const statusIn = (heard: string): number =>
  Number(
    [...heard.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => status).find((status) => status! >= "200") ?? 0,
  );
