import { segmentsOf } from "../segments.ts";
import type { ApiMessage } from "./message.ts";

const MAX_MESSAGES = 2_000;

/** Every message that went through the simulator, and the phones it knows of. In memory: a restart forgets them. */
export class MessageBook {
  readonly #messages: ApiMessage[] = [];
  readonly #phones = new Set<string>();

  constructor(
    readonly accountSid: string,
    readonly newSid: () => string,
    readonly now: () => Date,
    readonly maxMessages = MAX_MESSAGES,
  ) {}

  keep(
    given: Pick<ApiMessage, "body" | "from" | "to" | "direction" | "status">,
    service: string | null = null,
  ): ApiMessage {
    const sid = this.newSid();
    const now = rfc2822(this.now());
    const uri = `/2010-04-01/Accounts/${this.accountSid}/Messages/${sid}`;
    const message: ApiMessage = {
      ...given,
      account_sid: this.accountSid,
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
    if (this.#messages.length > this.maxMessages) this.#messages.shift();
    this.#phones.add(given.direction === "inbound" ? given.from : given.to);
    return message;
  }

  /** What a report changes. */
  mark(message: ApiMessage, status: string, errorCode: number | null): void {
    message.status = status;
    message.date_updated = rfc2822(this.now());
    message.date_sent ??= message.date_updated;
    if (errorCode !== null) message.error_code = errorCode;
  }

  /** @returns false when there is none such. */
  remove(sid: string): boolean {
    const at = this.#messages.findIndex((one) => one.sid === sid);
    if (at >= 0) this.#messages.splice(at, 1);
    return at >= 0;
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
  phones(): { phone: string; texts: ApiMessage[] }[] {
    const texts = new Map<string, ApiMessage[]>([...this.#phones].map((phone) => [phone, []]));
    for (const one of this.#messages) texts.get(one.direction === "inbound" ? one.from : one.to)?.push(one);
    const order = new Map(this.#messages.map((one, at) => [one, at]));
    const latest = (list: ApiMessage[]) => order.get(list.at(-1)!) ?? Infinity;
    return [...texts]
      .map(([phone, list]) => ({ phone, texts: list }))
      .toSorted((a, b) => latest(b.texts) - latest(a.texts) || 0);
  }

  clear(): void {
    this.#messages.length = 0;
  }
}

const rfc2822 = (at: Date) => at.toUTCString().replace("GMT", "+0000");
