import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { LOCALE_NAMES, LOCALES, type Locale } from "#app/i18n/locales.ts";
import { plainLetters, segmentsOf } from "#app/sms/segments.ts";
import type { AudienceCount } from "./audience.ts";
import { hasGap } from "./templates.ts";
import { LONGEST_WORDS, type BroadcastWords } from "./broadcast.ts";

/** What we add to the words, by the language of the words: whose text it is, and how to stop on first contact. */
export type Frame = Record<Locale, { name: string; stop: string }>;

/** The text as it goes out: the group first, and how to stop for those who never had a text from us. */
export function bodyOf(frame: Frame, locale: Locale, words: string, first: boolean): string {
  const { name, stop } = frame[locale];
  const text = `${name}: ${words.trim()}`;
  return first ? `${text}\n${stop}` : text;
}

/** Names and lines of ours are put in cheap letters; the coordinator's own words go out as they wrote them. */
export const frameLine = (line: string, locale: Locale): string => (locale === "ar" ? line : plainLetters(line));

/** A language by its own name, which may run the other way than the sentence around it (Unicode FSI … PDI). */
export const ownName = (locale: Locale): string => `\u2068${LOCALE_NAMES[locale]}\u2069`;

/** Which of the written languages somebody gets who reads `locale`: theirs, else English, else the first written. */
export function languageFor(words: BroadcastWords, locale: string): Locale {
  const written = LOCALES.filter((one) => words[one]);
  return written.find((one) => one === locale) ?? (words.en ? "en" : (written[0] ?? "en"));
}

/** Readers whose language has no words yet, most first. */
export function missingLanguages(words: BroadcastWords, readers: AudienceCount["readers"]) {
  return LOCALES.map((locale) => ({ locale, n: sum(readers.filter((reader) => reader.locale === locale)) }))
    .filter(({ locale, n }) => n > 0 && !words[locale])
    .toSorted((a, b) => b.n - a.n);
}

/** Segments of all texts together. */
export function segmentsFor(frame: Frame, words: BroadcastWords, readers: AudienceCount["readers"]): number {
  return readers.reduce((all, { locale, first, n }) => all + n * segmentsOfText(frame, words, locale, first), 0);
}

export function segmentsOfText(frame: Frame, words: BroadcastWords, locale: string, first: boolean): number {
  const language = languageFor(words, locale);
  return segmentsOf(bodyOf(frame, language, words[language] ?? "", first)).count;
}

const sum = (rows: { n: number }[]) => rows.reduce((all, { n }) => all + n, 0);

/** Braces, `%name%`, `[name]`, `<<…>>`: what other programs replace by a person's own data. Here it never is. */
const PERSONAL =
  /[{}]|%\w+%|<<|>>|\[\s*(first |last |full )?(name|names|nombre|apellido|phone|telefono|teléfono|address|الاسم|اسم)\s*\]/i;

const ADDRESS = /\b(?:[a-z][a-z0-9+.-]*:\/\/|www\.)\S+|(?<![\w@.])(?:[a-z0-9-]+\.)+([a-z]{2,})(?::\d+)?(?:\/\S*)?/gi;
/** Without `https://` in front phones make links of these endings only, or of anything with a slash behind it. */
const ENDINGS = new Set(
  "com org net info biz io co us me app ly gl gd link site xyz online shop store club live news page edu gov tv to cc be am fm one top dev blog help click".split(
    " ",
  ),
);

/** What must be mended before these words may go to anybody, as a message and what it names. */
export type WordsFault = { id: MessageId; what: string };

/** @param host our own: a link may lead nowhere else. */
export function faultOf(words: string, host: string): WordsFault | null {
  if (words.length > LONGEST_WORDS) return { id: "broadcasts.error.long", what: String(LONGEST_WORDS) };
  if (hasGap(words)) return { id: "broadcasts.error.gap", what: "___" };
  const personal = PERSONAL.exec(words);
  if (personal) return { id: "broadcasts.error.personal", what: personal[0] };
  const foreign = linksIn(words).find((link) => hostOf(link) !== host.toLowerCase());
  return foreign ? { id: "broadcasts.error.link", what: foreign } : null;
}

/** What a phone would make a link of. Mail addresses are none. */
export function linksIn(words: string): string[] {
  return [...words.matchAll(ADDRESS)]
    .filter(([link, ending]) => {
      if (ending === undefined || link.includes("/") || /:\d/.test(link)) return true;
      return ENDINGS.has(ending.toLowerCase());
    })
    .map(([link]) => link.replace(/[.,;:!?)»”"']+$/, ""));
}

function hostOf(link: string): string | null {
  try {
    const url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(link) ? link : `https://${link}`);
    return /^https?:$/.test(url.protocol) && !url.username && !url.password ? url.host : null;
  } catch {
    return null;
  }
}
