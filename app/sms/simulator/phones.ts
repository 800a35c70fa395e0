import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { NO_FAULTS, type ApiMessage, type Faults } from "./message.ts";

/** What the page can make the simulator do wrong, one at a time. */
export const FAULTS: { name: string; label: MessageId; faults: Partial<Faults> }[] = [
  { name: "none", label: "sms.phones.fault.none", faults: {} },
  { name: "slow", label: "sms.phones.fault.slow", faults: { latencyMs: 4_000 } },
  { name: "busy", label: "sms.phones.fault.busy", faults: { tooMany: 1 } },
  { name: "error", label: "sms.phones.fault.error", faults: { errorBefore: 1 } },
  { name: "error_after", label: "sms.phones.fault.error_after", faults: { errorAfter: 1 } },
  { name: "drop", label: "sms.phones.fault.drop", faults: { dropReply: 1 } },
  { name: "undelivered", label: "sms.phones.fault.undelivered", faults: { fate: "undelivered" } },
  { name: "silent", label: "sms.phones.fault.silent", faults: { fate: "silent" } },
];

export const faultsOf = (name: string): Faults => ({
  ...NO_FAULTS,
  ...FAULTS.find((one) => one.name === name)?.faults,
});

/** The name of what is set now. */
export function faultNow(now: Faults): string {
  const same = (faults: Partial<Faults>) =>
    JSON.stringify({ ...NO_FAULTS, ...faults }) === JSON.stringify({ ...NO_FAULTS, ...now });
  return FAULTS.find(({ faults }) => same(faults))?.name ?? "none";
}

export type ShownText = { sid: string; ours: boolean; status: string; parts: TextPart[] };
export type TextPart = { text: string; href?: string };
export type ShownPhone = { phone: string; anchor: string; optedOut: boolean; texts: ShownText[] };

const SHOWN = 30;

export const anchorOf = (phone: string): string => `phone-${phone.replace(/\D/g, "")}`;

export function showPhone(given: { phone: string; optedOut: boolean; texts: ApiMessage[] }): ShownPhone {
  const texts = given.texts.slice(-SHOWN).map((message) => ({
    sid: message.sid,
    ours: message.direction !== "inbound",
    status: message.error_code ? `${message.status} ${message.error_code}` : message.status,
    parts: partsOf(message.body),
  }));
  return { phone: given.phone, anchor: anchorOf(given.phone), optedOut: given.optedOut, texts };
}

/** A text with its links found, so that they can be tapped as on a phone. */
export function partsOf(body: string): TextPart[] {
  return body
    .split(/(https?:\/\/[^\s]*[^\s.,;:!?)\]])/)
    .filter((text) => text !== "")
    .map((text) => (/^https?:\/\//.test(text) ? { text, href: text } : { text }));
}
