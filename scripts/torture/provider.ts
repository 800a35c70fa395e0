import { createServer, type Server } from "node:http";
import express from "express";
import { INBOUND_PATH, providerOf } from "#app/sms/provider.server.ts";
import { simulatorApi } from "#app/sms/simulator/router.server.ts";
import { Simulator } from "#app/sms/simulator/simulator.server.ts";
import { SESSION_SECRET } from "./installation.ts";

/** The chance of each way to lose an answer. */
const LOST = 0.002;

/** A text that the provider took, whether or not it could say so. */
export type Taken = { outboxId: string; attempt: number; sid: string; to: string; at: number };

export type Provider = {
  port: number;
  simulator: Simulator;
  taken: Taken[];
  /** The newest code of six digits that was texted to this number. */
  codeFor(phone: string): string | null;
  /** Moves the clock its texts are dated by; the installation's is moved after it. */
  moveOn(seconds: number): void;
  close(): void;
};

/**
 * The provider, in this process and so outside of everything that is killed. It speaks the real API to the product's
 * own client, loses some of its answers, and remembers every text that it took.
 */
export async function openProvider(installationPort: number, port: number): Promise<Provider> {
  const home = `http://localhost:${installationPort}`;
  const env = { SMS_PROVIDER: "local", SESSION_SECRET, PUBLIC_URL: home, PORT: installationPort } as const;
  const { accountSid, authToken, from } = providerOf({ ...env, HOST: "127.0.0.1" });
  let ahead = 0;
  const simulator = new Simulator({
    accountSid,
    authToken,
    from: from ?? "",
    publicUrl: home,
    hooksAt: `http://127.0.0.1:${installationPort}`,
    smsPath: INBOUND_PATH,
    reportEveryMs: 50,
    maxMessages: 1_000_000,
    now: () => new Date(Date.now() + ahead * 1000),
    faults: { latencyMs: 10 },
  });
  const taken: Taken[] = [];
  const codes = new Map<string, string>();
  remember(simulator, taken, codes);
  const app = express().disable("x-powered-by");
  app.use(express.raw({ type: () => true }));
  app.use(simulatorApi(simulator));
  const server = await listen(createServer(app), port);
  return {
    port,
    simulator,
    taken,
    codeFor: (phone) => codes.get(phone) ?? null,
    moveOn: (seconds) => (ahead += seconds),
    close: () => void (server.closeAllConnections(), server.close()),
  };
}

const chance = (of: number) => Math.random() < of;

/**
 * Wraps the API: which of our rows a text is of stands in the address for its reports. An answer is lost on the way now
 * and then: before the text was taken, or after.
 */
function remember(simulator: Simulator, taken: Taken[], codes: Map<string, string>): void {
  const create = simulator.create.bind(simulator);
  simulator.create = async (form) => {
    if (chance(LOST)) return simulator.failure(429, 20429);
    if (chance(LOST)) return simulator.failure(500, 20500);
    const answer = await create(form);
    if (answer === "drop" || answer.status !== 201) return answer;
    const to = form.get("To") ?? "";
    const { sid } = answer.body as { sid: string };
    const about = new URL(form.get("StatusCallback") ?? "http://nowhere").searchParams;
    taken.push({ outboxId: about.get("m") ?? "", attempt: Number(about.get("n")), sid, to, at: Date.now() });
    const code = /\b(\d{6})\b/.exec(form.get("Body") ?? "")?.[1];
    if (code) codes.set(to, code);
    if (chance(LOST)) return simulator.failure(500, 20500);
    return chance(LOST) ? "drop" : answer;
  };
}

const listen = (server: Server, port: number): Promise<Server> =>
  new Promise((open) => server.listen(port, "127.0.0.1", () => open(server)));
