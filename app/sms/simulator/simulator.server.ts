import { randomBytes } from "node:crypto";
import { readKeyword } from "../keywords.ts";
import { segmentsOf } from "../segments.ts";
import { ANSWERS, SENTENCES } from "./answers.ts";
import {
  MAGIC_FROM,
  MAGIC_REPORT,
  MAGIC_TO,
  NO_FAULTS,
  type ApiMessage,
  type Faults,
  type WireLine,
} from "./message.ts";
import { signedPost } from "./signed-post.server.ts";

export type SimulatorSettings = {
  accountSid: string;
  authToken: string;
  /** The installation's own number. */
  from: string;
  /** The address hooks are signed for, and where they are really posted (loopback). */
  publicUrl: string;
  hooksAt: string;
  smsPath: string;
  /** Between two reports of one message. */
  reportEveryMs?: number;
  faults?: Partial<Faults>;
};

/** What the router sends: an answer of the API, or nothing at all. */
export type ApiAnswer = { status: number; body: unknown } | "drop";

const MAX_MESSAGES = 2_000;
const MAX_WIRE = 200;
const rfc2822 = (at: Date) => at.toUTCString().replace("GMT", "+0000");
const newSid = (prefix: string) => prefix + randomBytes(16).toString("hex");
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms).unref());
const chance = (of: number) => of > 0 && Math.random() < of;

/**
 * A stand-in for Twilio, in memory: the API the official client calls, reports as signed callbacks, STOP as the carrier
 * catches it, and phones one can text from. The product's own code is the same as with the real one.
 */
export class Simulator {
  readonly faults: Faults;
  readonly #messages: ApiMessage[] = [];
  readonly #wire: WireLine[] = [];
  readonly #phones = new Set<string>();
  readonly #optedOut = new Set<string>();

  constructor(readonly settings: SimulatorSettings) {
    this.faults = { ...NO_FAULTS, ...settings.faults };
  }

  #note(what: string, status: number | string): void {
    this.#wire.push({ at: new Date(), what, status });
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

  #keep(given: Pick<ApiMessage, "body" | "from" | "to" | "direction" | "status">, service: string | null) {
    const sid = newSid("SM");
    const now = rfc2822(new Date());
    const uri = `/2010-04-01/Accounts/${this.settings.accountSid}/Messages/${sid}`;
    const message: ApiMessage = {
      ...given,
      account_sid: this.settings.accountSid,
      api_version: "2010-04-01",
      date_created: now,
      date_sent: null,
      date_updated: now,
      error_code: null,
      error_message: null,
      messaging_service_sid: service,
      num_media: "0",
      num_segments: String(segmentsOf(given.body).count),
      price: null,
      price_unit: "USD",
      sid,
      subresource_uris: { media: `${uri}/Media.json` },
      uri: `${uri}.json`,
    };
    this.#messages.push(message);
    if (this.#messages.length > MAX_MESSAGES) this.#messages.shift();
    this.#phones.add(given.direction === "inbound" ? given.from : given.to);
    return message;
  }

  /** `POST Messages.json`. */
  async create(form: URLSearchParams): Promise<ApiAnswer> {
    const answer = await this.#createOrFail(form);
    this.#note("POST Messages", answer === "drop" ? "cut" : answer.status);
    return answer;
  }

  async #createOrFail(form: URLSearchParams): Promise<ApiAnswer> {
    const refusal = this.#refusalOf(form);
    if (refusal) return this.failure(400, refusal);
    if (chance(this.faults.tooMany)) return this.failure(429, 20429);
    if (chance(this.faults.errorBefore)) return this.failure(500, 20500);
    const service = form.get("MessagingServiceSid");
    const message = this.#keep(
      {
        body: form.get("Body") ?? "",
        from: form.get("From") ?? this.settings.from,
        to: form.get("To") ?? "",
        direction: "outbound-api",
        status: service ? "accepted" : "queued",
      },
      service,
    );
    const asAnswered = { ...message };
    void this.#report(message, form.get("StatusCallback"));
    await sleep(chance(this.faults.late) ? this.faults.lateMs : this.faults.latencyMs);
    if (chance(this.faults.dropReply)) return "drop";
    if (chance(this.faults.errorAfter)) return this.failure(500, 20500);
    return { status: 201, body: asAnswered };
  }

  #refusalOf(form: URLSearchParams): number | null {
    const [to, from] = [form.get("To") ?? "", form.get("From") ?? ""];
    if (!to) return 21604;
    if (!from && !form.get("MessagingServiceSid")) return 21603;
    if (!form.get("Body") && !form.get("MediaUrl")) return 21602;
    if ((form.get("Body") ?? "").length > 1600) return 21617;
    if (!/^\+[1-9]\d{4,14}$/.test(to)) return 21211;
    return MAGIC_FROM[from] ?? MAGIC_TO[to] ?? (this.#optedOut.has(to) ? 21610 : null);
  }

  /** Sent, then what the fate says; each told by a signed callback. */
  async #report(message: ApiMessage, callback: string | null): Promise<void> {
    if (this.faults.fate === "silent") return;
    const magic =
      MAGIC_REPORT[message.to] ?? (this.faults.fate === "undelivered" ? { status: "undelivered", code: 30003 } : null);
    for (const status of ["sent", magic?.status ?? "delivered"]) {
      await sleep(this.settings.reportEveryMs ?? 300);
      message.status = status;
      message.date_updated = rfc2822(new Date());
      message.date_sent ??= message.date_updated;
      if (magic && status === magic.status) message.error_code = magic.code;
      if (!callback) continue;
      await this.#post(callback, {
        MessageSid: message.sid,
        SmsSid: message.sid,
        AccountSid: this.settings.accountSid,
        From: message.from,
        To: message.to,
        MessageStatus: status,
        SmsStatus: status,
        ApiVersion: "2010-04-01",
        ...(message.error_code ? { ErrorCode: String(message.error_code) } : {}),
      });
    }
  }

  async #post(address: string, params: Record<string, string>): Promise<number | string> {
    const status = await signedPost(this.settings, address, params);
    this.#note(`hook ${new URL(address).pathname} ${params["MessageStatus"] ?? ""}`.trim(), status);
    return status;
  }

  /** Texts the installation as this phone: STOP, START and HELP are answered here too, as the carrier does. */
  async textAs(phone: string, body: string): Promise<number | string> {
    const message = this.#keep(
      { body, from: phone, to: this.settings.from, direction: "inbound", status: "received" },
      null,
    );
    const keyword = readKeyword(body, { optedOut: this.#optedOut.has(phone) });
    if (keyword?.answeredByProvider) {
      if (keyword.kind === "stop") this.#optedOut.add(phone);
      if (keyword.kind === "start") this.#optedOut.delete(phone);
      this.#keep(
        {
          body: ANSWERS[keyword.kind],
          from: this.settings.from,
          to: phone,
          direction: "outbound-reply",
          status: "delivered",
        },
        null,
      );
    }
    return this.#post(this.settings.publicUrl + this.settings.smsPath, {
      MessageSid: message.sid,
      SmsSid: message.sid,
      AccountSid: this.settings.accountSid,
      From: phone,
      To: this.settings.from,
      Body: body,
      NumMedia: "0",
      NumSegments: message.num_segments,
      ApiVersion: "2010-04-01",
    });
  }

  /** Newest first, as the API lists them. */
  list(query: { to: string | null; from: string | null }): ApiMessage[] {
    const found = this.#messages.filter(
      (one) => (!query.to || one.to === query.to) && (!query.from || one.from === query.from),
    );
    return found.toReversed();
  }

  find(sid: string): ApiMessage | undefined {
    return this.#messages.find((one) => one.sid === sid);
  }

  addPhone(phone: string): void {
    this.#phones.add(phone);
  }

  /** Every phone that was added or has had a text, the latest first, with its texts, oldest first. */
  phones(): { phone: string; optedOut: boolean; texts: ApiMessage[] }[] {
    const texts = new Map<string, ApiMessage[]>([...this.#phones].map((phone) => [phone, []]));
    for (const one of this.#messages) texts.get(one.direction === "inbound" ? one.from : one.to)?.push(one);
    const order = new Map(this.#messages.map((one, at) => [one, at]));
    const latest = (list: ApiMessage[]) => order.get(list.at(-1)!) ?? Infinity;
    return [...texts]
      .map(([phone, list]) => ({ phone, optedOut: this.#optedOut.has(phone), texts: list }))
      .toSorted((a, b) => latest(b.texts) - latest(a.texts) || 0);
  }

  /** What went over the wire, the latest first. */
  wire(): WireLine[] {
    return this.#wire.toReversed();
  }

  clear(): void {
    this.#messages.length = 0;
    this.#wire.length = 0;
    this.#optedOut.clear();
  }
}
