import { dateFormat } from "#app/i18n/date-format.ts";
import { inLocale, type Locale } from "#app/i18n/locales.ts";
import type { Text } from "#app/i18n/text.ts";
import { hide, hideInName } from "#app/people/hiding/hide.ts";
import { plainLetters } from "#app/sms/segments.ts";
import type { Facts } from "./facts.ts";
import type { WordedTemplate } from "./template.ts";

/** What a text is made of besides the facts. */
export type Words = {
  /** Name of the claimer, or of who asks to join; null when they gave none. */
  who: string | null;
  /** The one link of the text, absolute. */
  link: string;
  /** Host of the installation, for the code that fills itself in (WebOTP). */
  host: string;
  signInCode: string | null;
  /** The reader's zone (IANA), for times. */
  timeZone: string;
  /** The first text this person ever gets from us says how to stop them. */
  first: boolean;
  /** The code of the reader's own offer that fits the need they are asked about. */
  offer?: string | null | undefined;
};

type Typed = "who" | "group" | "title" | "place";

/** A text is read on a small screen and paid by the piece: what people typed is cut to this many letters. */
const LONGEST: Record<Typed, number> = { who: 14, group: 16, title: 26, place: 16 };
/** A segment of a script outside GSM-7 holds 67 letters instead of 153. */
const LONGEST_UCS2: Record<Typed, number> = { who: 10, group: 14, title: 18, place: 10 };

/**
 * The words of a text: group first, then what happened, the code, one link. English and Spanish stay in GSM-7 by
 * dropping accents that alphabet lacks, which saves the sender a second segment.
 */
export function wording(template: WordedTemplate, facts: Facts | null, words: Words, t: Text, locale: Locale): string {
  const text = t(`notifications.${template}`, valuesOf(template, facts, words, t, locale));
  const whole = words.first && saysHowToStop(template) ? `${text} ${t("notifications.stop")}` : text;
  return locale === "ar" ? whole : plainLetters(whole);
}

/** The last line of a code must be the one browsers read; replies and help say it themselves. */
export const saysHowToStop = (template: WordedTemplate): boolean =>
  !["sign_in_code", "opted_out", "opted_in", "help"].includes(template);

/** In the reader's language, else as it was written, else in any there is. */
function welcomeOf({ welcome, translations }: NonNullable<Facts["group"]>, locale: Locale): string {
  const others = Object.values(translations).flatMap((words) => words["welcome"] || []);
  return translations[locale]?.["welcome"] || welcome || others[0] || "";
}

function valuesOf(template: WordedTemplate, facts: Facts | null, words: Words, t: Text, locale: Locale) {
  const { group, post, claim, event } = facts ?? NOTHING;
  const data = (event?.data ?? {}) as {
    quantity?: number;
    remaining?: number;
    closed?: string;
    said?: string;
    code?: string;
  };
  const quantity = template === "new_need" ? (post?.remaining ?? 1) : (data.quantity ?? post?.remaining ?? 1);
  const hidden = (typed: string) => hide(typed, { word: t("relay.hidden") });
  const who = hideInName(words.who);
  const cut = (typed: string, what: Typed) => shorten(typed, (locale === "ar" ? LONGEST_UCS2 : LONGEST)[what]);
  return {
    group: cut(group ? inLocale({ name: group.name, translations: group.translations }, "name", locale) : "", "group"),
    who: who ? cut(who, "who") : t("notifications.someone"),
    amount: amountOf(quantity, post, t, locale),
    left: data.remaining ?? post?.remaining ?? 0,
    code: words.signInCode ?? post?.code ?? "",
    other: data.code ?? "",
    offer: words.offer ?? claim?.offer?.code ?? "",
    offered: words.offer ? "yes" : "no",
    title: cut(hidden(post?.title ?? ""), "title"),
    place: cut(hidden(post?.place ?? ""), "place"),
    placed: post?.place ? "yes" : "no",
    kind: post?.kind ?? "need",
    closed: data.closed ?? "withdrawn",
    said: data.said ?? "nothing",
    welcome: group ? welcomeOf(group, locale) : "",
    urgency: post?.urgency ?? "normal",
    timed: claim?.eta ? "yes" : "no",
    when: claim?.eta ? timeOf(claim.eta, words.timeZone, locale) : "",
    link: words.link,
    host: words.host,
  };
}

/** A reply to STOP, START or HELP is about nothing but itself. */
const NOTHING = { group: null, post: null, claim: null, event: null };

function amountOf(n: number, post: Facts["post"], t: Text, locale: Locale): string {
  if (!post?.unit) return t("notifications.amount_plain", { n });
  const row = { unit: post.unit.unit, unit_one: post.unit.unitOne, translations: post.unit.translations };
  return t("notifications.amount", { n, unit: inLocale(row, n === 1 ? "unit_one" : "unit", locale) });
}

const timeOf = (at: Date, timeZone: string, locale: Locale) =>
  dateFormat(locale, { timeZone, weekday: "short", hour: "numeric", minute: "2-digit" }).format(at);

/** Line breaks and doubled spaces go; a text longer than `longest` letters ends in two dots. */
export function shorten(text: string, longest: number): string {
  const line = text.replace(/\s+/g, " ").trim();
  const letters = [...line];
  return letters.length <= longest
    ? line
    : `${letters
        .slice(0, longest - 2)
        .join("")
        .trimEnd()}..`;
}
