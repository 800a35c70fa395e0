import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { segmentsOf } from "../segments.ts";
import type { Made } from "./explain.server.ts";
import { NO_FAULTS, type ApiMessage, type Faults } from "./message.ts";
import { personaOf, PERSONAS, quickWords, type Persona } from "./personas.ts";

const undelivered = (fateCode: number): Partial<Faults> => ({ fate: "undelivered", fateCode });

/** What the page can make the simulator do wrong, one at a time. */
export const FAULTS: { name: string; label: MessageId; faults: Partial<Faults> }[] = [
  { name: "none", label: "sms.phones.fault.none", faults: {} },
  { name: "slow", label: "sms.phones.fault.slow", faults: { latencyMs: 4_000 } },
  { name: "busy", label: "sms.phones.fault.busy", faults: { tooMany: 1 } },
  { name: "error", label: "sms.phones.fault.error", faults: { errorBefore: 1 } },
  { name: "error_after", label: "sms.phones.fault.error_after", faults: { errorAfter: 1 } },
  { name: "drop", label: "sms.phones.fault.drop", faults: { dropReply: 1 } },
  { name: "refused", label: "sms.phones.fault.refused", faults: { refuse: 20003 } },
  { name: "full", label: "sms.phones.fault.full", faults: { refuse: 21611 } },
  { name: "undelivered", label: "sms.phones.fault.undelivered", faults: undelivered(30003) },
  { name: "unknown", label: "sms.phones.fault.unknown", faults: undelivered(30005) },
  { name: "filtered", label: "sms.phones.fault.filtered", faults: undelivered(30007) },
  { name: "unregistered", label: "sms.phones.fault.unregistered", faults: undelivered(30034) },
  { name: "silent", label: "sms.phones.fault.silent", faults: { fate: "silent" } },
  { name: "reports_twice", label: "sms.phones.fault.reports_twice", faults: { reportsTwice: true } },
  { name: "reports_reversed", label: "sms.phones.fault.reports_reversed", faults: { reportsReversed: true } },
  { name: "inbound_late", label: "sms.phones.fault.inbound_late", faults: { inboundLateMs: 5_000 } },
  { name: "inbound_lost", label: "sms.phones.fault.inbound_lost", faults: { inboundLost: true } },
  { name: "inbound_twice", label: "sms.phones.fault.inbound_twice", faults: { inboundTwice: true } },
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

export type TextPart = { text: string; href?: string };
/** `parts` are what a smart phone shows; `pieces` the segments a feature phone shows one by one. */
export type ShownText = {
  sid: string;
  ours: boolean;
  status: string;
  parts: TextPart[];
  pieces: string[];
  weight: { encoding: string; count: number; costly: string[] };
  made: Made | null;
};
export type ShownPhone = {
  phone: string;
  anchor: string;
  persona: Persona | null;
  locale: Locale;
  optedOut: boolean;
  texts: ShownText[];
  quick: string[];
  next: { at: string; template: string } | null;
  /** What was said in its last call to us. */
  said: string[];
};

const SHOWN = 30;

export const anchorOf = (phone: string): string => `phone-${phone.replace(/\D/g, "")}`;
export const shownTexts = (texts: ApiMessage[]): ApiMessage[] => texts.slice(-SHOWN);

type Given = { phone: string; optedOut: boolean; texts: ApiMessage[]; said: string[] };
type Known = { made: Map<string, Made>; next: Map<string, { at: Date; template: string }> };

/** The personas come first, then the others, the latest first. */
export function showPhones(given: Given[], known: Known): ShownPhone[] {
  const place = ({ persona }: ShownPhone) => (persona ? PERSONAS.indexOf(persona) : PERSONAS.length);
  return given.map((one) => showPhone(one, known)).toSorted((a, b) => place(a) - place(b));
}

export function showPhone({ phone, optedOut, texts, said }: Given, { made, next }: Known): ShownPhone {
  const persona = personaOf(phone) ?? null;
  const locale = persona?.locale ?? "en";
  const held = next.get(phone);
  const last = texts.findLast(({ direction }) => direction !== "inbound")?.body ?? "";
  return {
    phone,
    anchor: anchorOf(phone),
    persona,
    locale,
    optedOut,
    texts: shownTexts(texts).map((message) => showText(message, made.get(message.sid) ?? null)),
    quick: quickWords(locale, last),
    said,
    next: held ? { at: held.at.toISOString(), template: held.template } : null,
  };
}

function showText(message: ApiMessage, made: Made | null): ShownText {
  const { encoding, count, costly } = segmentsOf(message.body);
  return {
    sid: message.sid,
    ours: message.direction !== "inbound",
    status: message.error_code ? `${message.status} ${message.error_code}` : message.status,
    parts: partsOf(message.body),
    pieces: piecesOf(message.body),
    weight: { encoding, count, costly },
    made,
  };
}

/** A text with its links found, so that they can be tapped as on a phone. */
export function partsOf(body: string): TextPart[] {
  return body
    .split(/(https?:\/\/[^\s]*[^\s.,;:!?)\]])/)
    .filter((text) => text !== "")
    .map((text) => (/^https?:\/\//.test(text) ? { text, href: text } : { text }));
}

/** A text as a phone that cannot join segments shows it. */
export function piecesOf(body: string): string[] {
  const whole = segmentsOf(body);
  if (whole.count <= 1) return [body];
  const room = whole.encoding === "GSM-7" ? 153 : 67;
  const pieces = [""];
  for (const letter of body) {
    const grown = pieces.at(-1)! + letter;
    const units = whole.encoding === "GSM-7" ? segmentsOf(grown).units : grown.length;
    if (units > room) pieces.push(letter);
    else pieces[pieces.length - 1] = grown;
  }
  return pieces;
}
