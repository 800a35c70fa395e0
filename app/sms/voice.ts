import type { Locale } from "#app/i18n/locales.ts";

/** One sentence and the language it is spoken in. */
export type Spoken = { locale: Locale; words: string };

/** The longest message somebody can leave: Twilio transcribes up to two minutes. */
export const LONGEST_SECONDS = 110;

/** Names of spoken languages as TwiML's `<Say>` knows them (https://www.twilio.com/docs/voice/twiml/say). */
const VOICES: Record<Locale, string> = { en: "en-US", es: "es-MX", ar: "arb" };

const escapeXml = (text: string) => text.replace(/[<>&"']/g, (letter) => `&#${letter.codePointAt(0)};`);

const say = (spoken: Spoken[]) =>
  spoken.map(({ locale, words }) => `<Say language="${VOICES[locale]}">${escapeXml(words)}</Say>`).join("");

const response = (inside: string) => `<?xml version="1.0" encoding="UTF-8"?><Response>${inside}</Response>`;

/**
 * The greeting: one key asks for a text, waiting for the tone leaves a message.
 *
 * @param hook the voice hook's address; what comes next is told to it as `?step=`.
 */
export const greet = (hook: string, greeting: Spoken[]): string =>
  response(
    `<Gather numDigits="1" timeout="2" action="${escapeXml(`${hook}?step=key`)}">${say(greeting)}</Gather>${record(hook)}`,
  );

/** Another key than 1: they may still leave a message. */
export const listen = (hook: string): string => response(record(hook));

const record = (hook: string) =>
  `<Record maxLength="${LONGEST_SECONDS}" playBeep="true" finishOnKey="#" action="${escapeXml(`${hook}?step=recorded`)}"` +
  ` transcribe="true" transcribeCallback="${escapeXml(`${hook}?step=transcript`)}"/>`;

/** Last words; then the line is cut. */
export const farewell = (spoken: Spoken[]): string => response(`${say(spoken)}<Hangup/>`);

/** Not answered at all: the caller pays nothing. */
export const refuseCall = (): string => response(`<Reject reason="busy"/>`);

/** Nothing to say. */
export const quiet = (): string => response("");
