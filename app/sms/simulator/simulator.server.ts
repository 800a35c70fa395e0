import { newSid } from "./sid.server.ts";
import { readKeyword } from "../keywords.ts";
import { ANSWERS, SENTENCES } from "./answers.ts";
import { Calls } from "./calls.server.ts";
import type { Caller, CallLog } from "./caller.ts";
import { fateOf, refusalOf } from "./fate.ts";
import { MessageBook } from "./message-book.ts";
import { NO_FAULTS, type ApiMessage, type Faults, type WireLine } from "./message.ts";
import { PERSONAS } from "./personas.ts";
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
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms).unref());
const chance = (of: number) => of > 0 && Math.random() < of;

/**
 * A stand-in for Twilio, in memory: the API the official client calls, reports as signed callbacks, STOP as the carrier
 * catches it, and phones one can text from. The product's own code is the same as with the real one.
 */
export class Simulator {
  readonly faults: Faults;
  readonly calls: Calls;
  readonly #book: MessageBook;
  readonly #wire: WireLine[] = [];
  readonly #optedOut = new Set<string>();

  constructor(readonly settings: SimulatorSettings) {
    this.faults = { ...NO_FAULTS, ...settings.faults };
    this.#book = new MessageBook(
      settings.accountSid,
      () => newSid("SM"),
      settings.now ?? (() => new Date()),
      settings.maxMessages,
    );
    this.calls = new Calls(settings);
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
    const refusal = refusalOf(form, this.faults, this.#optedOut);
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

  /** Sent, then what the fate says; each told by a signed callback. */
  async #report(message: ApiMessage, callback: string | null): Promise<void> {
    if (this.faults.fate === "silent") return;
    const { reportsReversed, reportsTwice } = this.faults;
    const fate = fateOf(message.to, this.faults);
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
  callAs(phone: string, caller: Caller): Promise<CallLog> {
    this.#book.addPhone(phone);
    return this.calls.place(phone, caller, (address, params) => this.hook(address, params));
  }

  list = (query: { to: string | null; from: string | null }): ApiMessage[] => this.#book.list(query);
  remove = (sid: string): boolean => this.#book.remove(sid);
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
    this.calls.clear();
    this.#begin();
  }
}
