import { Agent, request } from "node:http";
import { pause } from "./installation.ts";

/** What came back; `null` when no answer came, so that nobody can know what was done. */
export type Answer = { status: number; body: string; cookies: string[]; location: string } | null;

export type Request = {
  method: "GET" | "POST" | "PATCH";
  path: string;
  headers?: Record<string, string>;
  body?: string;
};

const ANSWER_WITHIN_MS = 20_000;

export type Ask = (wish: Request) => Promise<Answer>;

/** Asks the installation over kept-alive connections, as many as there are clients. */
export function asker(port: number, clients: number): Ask {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  return ({ method, path, headers = {}, body }) =>
    new Promise((done) => {
      const unknown = () => done(null);
      const sent = request(
        { host: "127.0.0.1", port, method, path, agent, headers: { host: `localhost:${port}`, ...headers } },
        (answer) => {
          const parts: Buffer[] = [];
          answer.on("data", (part: Buffer) => parts.push(part));
          answer.on("error", unknown);
          answer.on("aborted", unknown);
          answer.on("end", () =>
            done({
              status: answer.statusCode ?? 0,
              body: Buffer.concat(parts).toString("utf8"),
              cookies: (answer.headers["set-cookie"] ?? []).map((cookie) => cookie.split(";")[0]!),
              location: answer.headers.location ?? "",
            }),
          );
        },
      );
      sent.on("error", unknown);
      sent.setTimeout(ANSWER_WITHIN_MS, () => sent.destroy());
      sent.end(body);
    });
}

export type Told = { answer: NonNullable<Answer>; ending: "ok" | "fail"; tries: number };
export type Untold = { answer: null; ending: "info"; status: number; tries: number };

/**
 * Sends the same until somebody says yes or no. A no after a try without an answer is no `fail`: that try may still
 * have been carried out.
 *
 * @param giveUpAt milliseconds of `Date.now()`.
 */
export async function insist(ask: Ask, wish: Request, giveUpAt: number): Promise<Told | Untold> {
  let unknown = 0;
  let status = 0;
  for (let tries = 1; ; tries += 1) {
    const answer = await ask(wish);
    if (answer && answer.status < 500) {
      if (answer.status < 400) return { answer, ending: "ok", tries };
      return unknown === 0
        ? { answer, ending: "fail", tries }
        : { answer: null, ending: "info", status: answer.status, tries };
    }
    status = answer?.status ?? 0;
    unknown += 1;
    if (Date.now() > giveUpAt) return { answer: null, ending: "info", status, tries };
    await pause(Math.min(50 * tries, 500));
  }
}
