import { randomBytes } from "node:crypto";
import { readKeyword } from "../keywords.ts";
import { ANSWERS, SENTENCES } from "./answers.ts";
import { placeCall, type Caller, type CallLog } from "./caller.ts";
import { MessageBook } from "./message-book.ts";
import {
  MAGIC_FROM,
  MAGIC_REPORT,
  MAGIC_TO,
  NO_FAULTS,
  type ApiMessage,
  type Faults,
  type WireLine,
} from "./message.ts";
import { personaOf, PERSONAS } from "./personas.ts";
import { signedPost } from "./signed-post.server.ts";

export type SimulatorSettings = {
  accountSid: string;
  authToken: string;
  /** The installation's own number; several, divided by commas. */
  from: string;
  /** The address hooks are signed for, and where they are really posted (loopback). */
  publicUrl: string;
  hooksAt: string;
  smsPath: string;
  voicePath?: string;
  /** Between two reports of one message. */
  reportEveryMs?: number;
  faults?: Partial<Faults>;
  /** The installation's clock, which may be moved on; messages are dated by it. */
  now?: () => Date;
  /** Messages it remembers; older ones are forgotten. */
  maxMessages?: number;
  /** Have the personas' phones from the start. */
  personas?: boolean;
};

/** What the router sends: an answer of the API, or nothing at all. */
export type ApiAnswer = { status: number; body: unknown } | "drop";

const MAX_WIRE = 300;
const LANDLINE = 30006;
const newSid = (prefix: string) => prefix + randomBytes(16).toString("hex");
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms).unref());
const chance = (of: number) => of > 0 && Math.random() < of;

/**
 * A stand-in for Twilio, in memory: the API the official client calls, reports as signed callbacks, STOP as the carrier
 * catches it, and phones one can text from. The product's own code is the same as with the real one.
 */
export class Simulator {
  readonly faults: Faults;
  readonly #book: MessageBook;
  readonly #wire: WireLine[] = [];
  readonly #optedOut = new Set<string>();
  readonly #calls = new Map<string, CallLog>();
  readonly #recordings = new Map<string, number>();

  constructor(readonly settings: SimulatorSettings) {
    this.faults = { ...NO_FAULTS, ...settings.faults };
    this.#book = new MessageBook(
      settings.accountSid,
      () => newSid("SM"),
      settings.now ?? (() => new Date()),
      settings.maxMessages,
    );
    this.#begin();
  }

  #begin(): void {
    if (!this.settings.personas) return;
    for (const { phone, device } of PERSONAS.toReversed()) {
      this.#book.addPhone(phone);
      if (device === "opted_out") this.#optedOut.add(phone);
    }
  }

  #note(what: string, sid: string, status: number | string, again: WireLine["again"] = null): void {
    this.#wire.push({ at: this.settings.now?.() ?? new Date(), what, sid, status, again });
    if (this.#wire.length > MAX_WIRE) this.#wire.shift();
  }

  /** An error as the API words it. */
  failure(status: number, code: number): ApiAnswer {
    return {
      status,
      body: {
        code,
        message: SENTENCES[code] ?? "Error",
        more_info: `https://www.twilio.com/docs/errors/${code}`,
        status,
      },
    };
  }

  /** `POST Messages.json`. */
  async create(form: URLSearchParams): Promise<ApiAnswer> {
    const { answer, sid } = await this.#createOrFail(form);
    this.#note("POST Messages", sid, answer === "drop" ? "cut" : answer.status);
    return answer;
  }

  async #createOrFail(form: URLSearchParams): Promise<{ answer: ApiAnswer; sid: string }> {
    const refused = (status: number, code: number) => ({ answer: this.failure(status, code), sid: "" });
    const refusal = this.#refusalOf(form);
    if (refusal) return refused(refusal === 20003 ? 401 : 400, refusal);
    if (chance(this.faults.tooMany)) return refused(429, 20429);
    if (chance(this.faults.errorBefore)) return refused(500, 20500);
    const service = form.get("MessagingServiceSid");
    const message = this.#book.keep(
      {
        body: form.get("Body") ?? "",
        from: form.get("From") ?? this.settings.from.split(",")[0]!,
        to: form.get("To") ?? "",
        direction: "outbound-api",
        status: service ? "accepted" : "queued",
      },
      service,
    );
    const asAnswered = { ...message };
    void this.#report(message, form.get("StatusCallback"));
    await sleep(chance(this.faults.late) ? this.faults.lateMs : this.faults.latencyMs);
    if (chance(this.faults.dropReply)) return { answer: "drop", sid: message.sid };
    if (chance(this.faults.errorAfter)) return { answer: this.failure(500, 20500), sid: message.sid };
    return { answer: { status: 201, body: asAnswered }, sid: message.sid };
  }

  #refusalOf(form: URLSearchParams): number | null {
    const [to, from] = [form.get("To") ?? "", form.get("From") ?? ""];
    if (!to) return 21604;
    if (!from && !form.get("MessagingServiceSid")) return 21603;
    if (!form.get("Body") && !form.get("MediaUrl")) return 21602;
    if ((form.get("Body") ?? "").length > 1600) return 21617;
    if (!/^\+[1-9]\d{4,14}$/.test(to)) return 21211;
    return MAGIC_FROM[from] ?? MAGIC_TO[to] ?? (this.#optedOut.has(to) ? 21610 : this.faults.refuse || null);
  }

  #fateOf(to: string): { status: string; code: number | null } {
    const magic = MAGIC_REPORT[to];
    if (magic) return magic;
    if (personaOf(to)?.device === "landline") return { status: "undelivered", code: LANDLINE };
    return this.faults.fate === "undelivered"
      ? { status: "undelivered", code: this.faults.fateCode }
      : { status: "delivered", code: null };
  }

  /** Sent, then what the fate says; each told by a signed callback. */
  async #report(message: ApiMessage, callback: string | null): Promise<void> {
    if (this.faults.fate === "silent") return;
    const { reportsReversed, reportsTwice } = this.faults;
    const fate = this.#fateOf(message.to);
    const told = ["sent", fate.status];
    for (const status of reportsReversed ? told.toReversed() : told) {
      await sleep(this.settings.reportEveryMs ?? 300);
      this.#book.mark(message, status, status === fate.status ? fate.code : null);
      if (!callback) continue;
      const params = {
        MessageSid: message.sid,
        SmsSid: message.sid,
        AccountSid: this.settings.accountSid,
        From: message.from,
        To: message.to,
        MessageStatus: status,
        SmsStatus: status,
        ApiVersion: "2010-04-01",
        ...(status === fate.status && fate.code ? { ErrorCode: String(fate.code) } : {}),
      };
      await this.#post(callback, params);
      if (reportsTwice) await this.#post(callback, params);
    }
  }

  /** Calls one of our hooks as the provider would, and notes it. */
  async #post(address: string, params: Record<string, string>): Promise<number | string> {
    const { status } = await this.hook(address, params);
    return status;
  }

  /** The same, with the words of the answer: a call is told by them what to do next. */
  async hook(address: string, params: Record<string, string>): Promise<{ status: number | string; body: string }> {
    const answer = await signedPost(this.settings, address, params);
    const what = `hook ${new URL(address).pathname} ${params["MessageStatus"] ?? ""}`.trim();
    this.#note(what, params["MessageSid"] ?? params["CallSid"] ?? "", answer.status, { address, params });
    return answer;
  }

  /** Sends a hook of the wire log once more, as a provider does that did not hear our answer. */
  async replay(line: number): Promise<number | string | null> {
    const again = this.wire()[line]?.again;
    return again ? this.#post(again.address, again.params) : null;
  }

  /** Texts the installation as this phone: STOP, START and HELP are answered here too, as the carrier does. */
  async textAs(phone: string, body: string, to = this.settings.from.split(",")[0]!): Promise<number | string> {
    const message = this.#book.keep({ body, from: phone, to, direction: "inbound", status: "received" });
    const keyword = readKeyword(body, { optedOut: this.#optedOut.has(phone) });
    if (keyword?.answeredByProvider) {
      if (keyword.kind === "stop") this.#optedOut.add(phone);
      if (keyword.kind === "start") this.#optedOut.delete(phone);
      const answer = { body: ANSWERS[keyword.kind], from: to, to: phone };
      this.#book.keep({ ...answer, direction: "outbound-reply", status: "delivered" });
    }
    const { inboundLost, inboundTwice, inboundLateMs } = this.faults;
    if (inboundLost) {
      this.#note("a hook was lost", message.sid, "none");
      return "lost";
    }
    await sleep(inboundLateMs);
    const params = {
      MessageSid: message.sid,
      SmsSid: message.sid,
      AccountSid: this.settings.accountSid,
      From: phone,
      To: to,
      Body: body,
      NumMedia: "0",
      NumSegments: message.num_segments,
      ApiVersion: "2010-04-01",
    };
    const address = this.settings.publicUrl + this.settings.smsPath;
    if (inboundTwice) await this.#post(address, params);
    return this.#post(address, params);
  }

  /** Calls the installation as this phone. */
  async callAs(phone: string, caller: Caller): Promise<CallLog> {
    const to = this.settings.from.split(",")[0]!;
    const params = {
      CallSid: newSid("CA"),
      AccountSid: this.settings.accountSid,
      From: phone,
      To: to,
      Direction: "inbound",
      CallStatus: "in-progress",
      ApiVersion: "2010-04-01",
    };
    const hookAddress = this.settings.publicUrl + (this.settings.voicePath ?? "/hooks/twilio/voice");
    this.#book.addPhone(phone);
    const log = await placeCall({ hookAddress, params, newSid }, caller, (address, given) => this.hook(address, given));
    if (log.recordingSid) this.#recordings.set(log.recordingSid, caller.seconds);
    this.#calls.set(phone, log);
    return log;
  }

  /** What was said in this phone's last call. */
  lastCall = (phone: string): CallLog | null => this.#calls.get(phone) ?? null;
  /** How long a recording is, in seconds. */
  recording = (sid: string): number | null => this.#recordings.get(sid) ?? null;

  list = (query: { to: string | null; from: string | null }): ApiMessage[] => this.#book.list(query);
  find = (sid: string): ApiMessage | undefined => this.#book.find(sid);
  addPhone = (phone: string): void => this.#book.addPhone(phone);

  /** Every phone, the latest first, with its texts, oldest first. */
  phones(): { phone: string; optedOut: boolean; texts: ApiMessage[] }[] {
    return this.#book.phones().map((one) => ({ ...one, optedOut: this.#optedOut.has(one.phone) }));
  }

  /** What went over the wire, the latest first. */
  wire(): WireLine[] {
    return this.#wire.toReversed();
  }

  clear(): void {
    this.#book.clear();
    this.#wire.length = 0;
    this.#optedOut.clear();
    this.#calls.clear();
    this.#begin();
  }
}
