import { createHmac } from "node:crypto";
import type { Env } from "#app/core/env.server.ts";
import { homeZone } from "#app/core/time-zone.ts";
import type { SenderSettings } from "./sms.ts";
import type { TwilioSettings } from "./twilio.server.ts";

export const STATUS_PATH = "/hooks/twilio/status";
export const INBOUND_PATH = "/hooks/twilio/sms";
export const VOICE_PATH = "/hooks/twilio/voice";
/** Where the simulator is mounted in the web process. */
export const SIMULATOR_PATH = "/dev/twilio";

/** The installation's number where texts are simulated: one of Twilio's that always work. */
const SIMULATED_NUMBER = "+15005550006";

type ProviderEnv = Pick<
  Env,
  | "SMS_PROVIDER"
  | "TWILIO_ACCOUNT_SID"
  | "TWILIO_AUTH_TOKEN"
  | "TWILIO_FROM"
  | "TWILIO_MESSAGING_SERVICE_SID"
  | "TWILIO_API_BASE_URL"
  | "SESSION_SECRET"
  | "PUBLIC_URL"
  | "PORT"
  | "HOST"
>;

/**
 * The account texts go through. With `SMS_PROVIDER=local` it is the simulator's in our own web process: same client,
 * same signed callbacks, with a secret that only this installation can make.
 */
export function providerOf(env: ProviderEnv): TwilioSettings {
  const statusUrl = `${env.PUBLIC_URL}${STATUS_PATH}`;
  if (env.SMS_PROVIDER === "twilio") {
    return {
      accountSid: env.TWILIO_ACCOUNT_SID ?? "",
      authToken: env.TWILIO_AUTH_TOKEN ?? "",
      from: env.TWILIO_FROM,
      messagingServiceSid: env.TWILIO_MESSAGING_SERVICE_SID,
      apiBaseUrl: env.TWILIO_API_BASE_URL,
      statusUrl,
    };
  }
  const secret = createHmac("sha256", env.SESSION_SECRET).update("phone simulator").digest("hex");
  return {
    accountSid: `AC${secret.slice(0, 32)}`,
    authToken: secret.slice(32),
    from: env.TWILIO_FROM ?? SIMULATED_NUMBER,
    apiBaseUrl: env.TWILIO_API_BASE_URL ?? `${loopback(env)}${SIMULATOR_PATH}`,
    apiHost: env.TWILIO_API_BASE_URL ? undefined : new URL(env.PUBLIC_URL).host,
    statusUrl,
  };
}

type SenderEnv = ProviderEnv & Pick<Env, "SMS_RATE" | "SMS_BURST" | "SMS_DAILY_CAP" | "SMS_TIME_ZONE">;

/** What may leave by each of our numbers, or by the one messaging service. */
export function sendersOf(env: SenderEnv): SenderSettings[] {
  const { from, messagingServiceSid } = providerOf(env);
  const addresses = messagingServiceSid ? [messagingServiceSid] : (from ?? "").split(",");
  return addresses.map((address) => {
    const rate = env.SMS_RATE ?? (env.SMS_PROVIDER === "local" ? LOCAL_RATE : usualRate(address));
    return {
      address,
      rate,
      burst: env.SMS_BURST ?? Math.max(1, rate / 2),
      dailyCap: env.SMS_DAILY_CAP ?? null,
      timeZone: env.SMS_TIME_ZONE ?? homeZone(),
    };
  });
}

/** The simulator can do more; this is a pace one can still watch. */
const LOCAL_RATE = 50;
const TOLL_FREE = /^\+18(00|33|44|55|66|77|88)/;

/** Segments a second that Twilio passes on unless more was agreed: 1 for a long code in the US and Canada, 3 toll-free. */
function usualRate(address: string): number {
  if (!address.startsWith("+1")) return 10;
  return TOLL_FREE.test(address) ? 3 : 1;
}

/** The number people can text and call, for people to read; null where only a messaging service is known. */
export function publicNumber(env: Pick<Env, "SMS_PROVIDER" | "TWILIO_FROM">): string | null {
  const number = env.SMS_PROVIDER === "twilio" ? env.TWILIO_FROM?.split(",")[0] : SIMULATED_NUMBER;
  return number?.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, "+1 $1 $2 $3") ?? null;
}

/** Our own web process, reached without leaving the machine, whatever the public address is. */
export function loopback({ HOST, PORT }: Pick<Env, "HOST" | "PORT">): string {
  const host = HOST === "0.0.0.0" ? "127.0.0.1" : HOST === "::" || HOST === "::1" ? "[::1]" : HOST;
  return `http://${host}:${PORT}`;
}
