import type { AddressInfo } from "node:net";
import express, { type Express } from "express";
import { loadEnv, type Env } from "#app/core/env.server.ts";
import { simulatorApi } from "#app/sms/simulator/router.server.ts";
import { Simulator, type SimulatorSettings } from "#app/sms/simulator/simulator.server.ts";

export const ACCOUNT = `AC${"a".repeat(32)}`;
export const TOKEN = "a token of the tests";
export const PUBLIC = "https://help.example.org";

/** The environment of an installation whose texts go through the real provider, behind a public address. */
export const liveEnv = (): Env =>
  loadEnv({
    DATABASE_URL: "postgres://x@127.0.0.1/x",
    DATA_KEY: "x",
    SESSION_SECRET: "x".repeat(32),
    SMS_PROVIDER: "twilio",
    TWILIO_ACCOUNT_SID: ACCOUNT,
    TWILIO_AUTH_TOKEN: TOKEN,
    TWILIO_FROM: "+15005550006",
    PUBLIC_URL: PUBLIC,
  });

/** The simulator on a port of its own, with whatever else `mount` adds (the hooks it reports to). */
export async function startTwilio(given: Partial<SimulatorSettings> = {}, mount: (app: Express) => void = () => {}) {
  const app = express();
  app.use(express.raw({ type: () => true, limit: "64kb" }));
  mount(app);
  const server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const simulator = new Simulator({
    accountSid: ACCOUNT,
    authToken: TOKEN,
    from: "+15005550006",
    publicUrl: url,
    hooksAt: url,
    smsPath: "/hooks/twilio/sms",
    reportEveryMs: 20,
    ...given,
  });
  app.use(simulatorApi(simulator));
  return {
    url,
    simulator,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
