import http from "node:http";
import type { RequestClient, Twilio } from "twilio";
import type {
  ListedInbound,
  ForgetCopy,
  ListInbound,
  ListTexts,
  OutgoingText,
  RejectionFate,
  SendOutcome,
  SendSms,
} from "./sms.ts";

export type TwilioSettings = {
  accountSid: string;
  authToken: string;
  /** Our number; several, divided by commas. The first is used where a text names none. */
  from?: string | undefined;
  messagingServiceSid?: string | undefined;
  /** Another server that speaks Twilio's API (simulator, tests). Not given: api.twilio.com. */
  apiBaseUrl?: string | undefined;
  /** The Host to ask that server for, where it hides behind another address. */
  apiHost?: string | undefined;
  /** Where Twilio reports what became of a text; `?m=<outbox id>&n=<attempt>` is added. */
  statusUrl: string;
  /** Twilio may still carry out a request that was given up, so short timeouts only make more unknown outcomes. */
  timeoutMs?: number;
  maxSockets?: number;
};

export type Provider = { sendSms: SendSms; listTexts: ListTexts; listInbound: ListInbound; forgetCopy: ForgetCopy };

/**
 * The official client, loaded only here and only when called, so the web process never pays for it.
 * `autoRetry` stays off: trying again is the outbox's decision, because creating a message is not idempotent.
 */
export async function connectTwilio(settings: TwilioSettings): Promise<Provider> {
  const { default: twilio } = await import("twilio");
  const httpClient = redirected(twilio.RequestClient, settings);
  const client = twilio(settings.accountSid, settings.authToken, { httpClient });

  return {
    async sendSms(text) {
      try {
        const message = await client.messages.create({
          to: text.to,
          ...senderOf(settings, text.from),
          body: text.body,
          statusCallback: statusCallback(settings.statusUrl, text),
          validityPeriod: Math.max(60, Math.min(36_000, text.validitySeconds)),
        });
        if (!message.sid) return { kind: "unknown", code: "no-sid" };
        return { kind: "accepted", sid: message.sid, status: message.status };
      } catch (error) {
        return readFailure(error);
      }
    },
    async listTexts({ to, since }) {
      const messages = await client.messages.list({ to, limit: LIST_LIMIT, pageSize: LIST_LIMIT });
      const oldest = messages.at(-1);
      // Newest first: when even the last one is too young, the one that is looked for may be further back.
      if (messages.length === LIST_LIMIT && oldest && oldest.dateCreated > since) throw new Error("too many to tell");
      return messages
        .map((message) => ({
          sid: message.sid,
          body: message.body,
          status: message.status,
          createdAt: message.dateCreated,
        }))
        .filter((message) => message.createdAt.getTime() >= since.getTime() - 2_000);
    },
    async listInbound({ to, since }) {
      const numbers = to === null ? await ourNumbers(client, settings) : [to];
      const lists = await Promise.all(numbers.map((number) => inboundOf(client, number, since)));
      return lists.flat().toSorted((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime());
    },
    // https://www.twilio.com/docs/messaging/api/message-resource#delete-a-message-resource; refused while it is on its way.
    async forgetCopy({ kind, sid }) {
      try {
        await (kind === "text" ? client.messages(sid) : client.recordings(sid)).remove();
        return "gone";
      } catch (error) {
        return (error as { status?: number }).status === 404 ? "gone" : "later";
      }
    },
  };
}

const LIST_LIMIT = 400;

/** A sweep looks back some minutes; what is older than this many texts is left to the next one. */
const INBOUND_LIMIT = 5_000;
const PAGE_SIZE = 1_000;
const numbersOf = (settings: TwilioSettings): string[] => settings.from?.split(",") ?? [];

function senderOf(settings: TwilioSettings, from: string | null): { messagingServiceSid: string } | { from: string } {
  const address = from ?? settings.messagingServiceSid ?? numbersOf(settings)[0] ?? "";
  return address.startsWith("MG") ? { messagingServiceSid: address } : { from: address };
}

async function ourNumbers(client: Twilio, settings: TwilioSettings): Promise<string[]> {
  if (!settings.messagingServiceSid) return numbersOf(settings);
  const pool = await client.messaging.v1.services(settings.messagingServiceSid).phoneNumbers.list({ limit: 400 });
  return pool.map(({ phoneNumber }) => phoneNumber);
}

async function inboundOf(client: Twilio, to: string, since: Date): Promise<ListedInbound[]> {
  const found = await client.messages.list({ to, dateSentAfter: since, limit: INBOUND_LIMIT, pageSize: PAGE_SIZE });
  return found
    .filter((message) => message.direction === "inbound" && message.dateCreated.getTime() >= since.getTime() - 2_000)
    .map((message) => ({
      sid: message.sid,
      from: message.from,
      to: message.to,
      body: message.body,
      media: Number(message.numMedia) || 0,
      receivedAt: message.dateCreated,
    }));
}

/** Our row's id rides along, so a report names it even when the process died before it learned Twilio's id. */
export function statusCallback(statusUrl: string, text: Pick<OutgoingText, "outboxId" | "attempt">): string {
  return `${statusUrl}?m=${text.outboxId}&n=${text.attempt}`;
}

function redirected(Base: typeof RequestClient, settings: TwilioSettings): RequestClient {
  const base = settings.apiBaseUrl;
  const maxSockets = settings.maxSockets ?? 20;
  class Redirected extends Base {
    override request<T>(options: Parameters<RequestClient["request"]>[0]) {
      if (!base) return super.request<T>(options as never);
      const { pathname, search } = new URL(options.uri);
      const headers = settings.apiHost ? { ...options.headers, Host: settings.apiHost } : options.headers;
      return super.request<T>({ ...options, headers, uri: base.replace(/\/+$/, "") + pathname + search } as never);
    }
  }
  const client = new Redirected({ timeout: settings.timeoutMs ?? 30_000, keepAlive: true, maxSockets });
  if (base) client.axios.defaults.proxy = false;
  if (base?.startsWith("http:")) client.axios.defaults.httpAgent = new http.Agent({ keepAlive: true, maxSockets });
  return client;
}

/** Twilio's error codes that mean this very text can never arrive (https://www.twilio.com/docs/api/errors). */
const DEAD = new Set([21211, 21214, 21217, 21408, 21602, 21604, 21612, 21614, 21617, 21623, 21635]);
/** The sender, its queue or the account is the trouble: the text waits until somebody mends it. */
const SENDER = new Set([20003, 20005, 20006, 21212, 21606, 21603, 21611, 21659, 30002, 30032, 30034]);
const NEVER_ARRIVED = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

/** Sorts what the client threw. Whatever is not recognised is `unknown`: the careful reading. */
export function readFailure(error: unknown): SendOutcome {
  const { status, code } = (error ?? {}) as { status?: unknown; code?: unknown };
  const httpStatus = typeof status === "number" ? status : undefined;
  const named = typeof code === "number" || typeof code === "string" ? String(code) : undefined;
  if (httpStatus === undefined) {
    if (named && NEVER_ARRIVED.has(named)) return { kind: "busy", code: named };
    return { kind: "unknown", code: named ?? (error instanceof Error ? error.name : "unknown") };
  }
  const label = named ?? String(httpStatus);
  if (httpStatus === 429) return { kind: "busy", code: label, httpStatus };
  if (httpStatus >= 400 && httpStatus < 500) {
    const fate = fateOf(Number(code), httpStatus);
    return fate ? { kind: "rejected", code: label, httpStatus, fate } : { kind: "unknown", code: label, httpStatus };
  }
  return { kind: "unknown", code: label, httpStatus };
}

function fateOf(code: number, httpStatus: number): RejectionFate | null {
  if (code === 21610) return "opted_out";
  if (SENDER.has(code) || httpStatus === 401 || httpStatus === 403) return "pause_sender";
  if (DEAD.has(code)) return "dead";
  if (httpStatus === 408) return null;
  return "dead";
}
