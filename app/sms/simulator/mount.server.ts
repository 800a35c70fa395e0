import type { Express } from "express";
import type { Env } from "#app/core/env.server.ts";
import { INBOUND_PATH, loopback, providerOf, SIMULATOR_PATH } from "../provider.server.ts";
import { simulatorApi } from "./router.server.ts";
import { Simulator } from "./simulator.server.ts";

/** The simulator of this installation; none where texts really go out. */
export function simulatorFor(env: Env, now?: () => Date): Simulator | undefined {
  if (env.SMS_PROVIDER !== "local") return undefined;
  const { accountSid, authToken, from } = providerOf(env);
  return new Simulator({
    accountSid,
    authToken,
    from: from ?? "",
    publicUrl: env.PUBLIC_URL,
    hooksAt: loopback(env),
    smsPath: INBOUND_PATH,
    personas: true,
    ...(now ? { now } : {}),
  });
}

/** Its API for the worker's client, and its phones as JSON for tests. */
export function mountSimulator(app: Express, simulator: Simulator | undefined): void {
  if (!simulator) return;
  app.use(SIMULATOR_PATH, simulatorApi(simulator));
  app.get("/dev/phones.json", (_req, res) => {
    res.set("Cache-Control", "no-store").json({
      phones: simulator.phones().map(({ phone, optedOut, texts }) => ({
        phone,
        opted_out: optedOut,
        texts: texts.map(({ sid, body, direction, status, error_code, date_created }) => ({
          sid,
          body,
          direction,
          status,
          error_code,
          date_created,
        })),
      })),
      wire: simulator.wire(),
    });
  });
}
