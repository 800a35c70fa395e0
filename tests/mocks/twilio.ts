import type { AddressInfo } from "node:net";
import express, { type Express } from "express";
import { simulatorApi } from "#app/sms/simulator/router.server.ts";
import { Simulator, type SimulatorSettings } from "#app/sms/simulator/simulator.server.ts";

export const ACCOUNT = `AC${"a".repeat(32)}`;
export const TOKEN = "a token of the tests";

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
