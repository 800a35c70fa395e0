import type { Locale } from "#app/i18n/locales.ts";

/**
 * Phones that are there from the start, each the device of somebody who matters. Ana, Lee and Samir are people of the
 * demo; the others only have a phone. `smart`: links can be tapped · `feature`: sees one segment at a time ·
 * `landline`: texts never arrive · `opted_out`: the carrier holds a STOP.
 */
export type Persona = {
  name: string;
  phone: string;
  locale: Locale;
  device: "smart" | "feature" | "landline" | "opted_out";
};

export const PERSONAS: Persona[] = [
  { name: "Ana", phone: "+15550100102", locale: "es", device: "smart" },
  { name: "Lee", phone: "+15550100101", locale: "en", device: "smart" },
  { name: "Samir", phone: "+15550100103", locale: "ar", device: "smart" },
  { name: "Olga", phone: "+15550100901", locale: "en", device: "feature" },
  { name: "Front desk", phone: "+15550100902", locale: "en", device: "landline" },
  { name: "Sam", phone: "+15550100903", locale: "en", device: "opted_out" },
];

export const personaOf = (phone: string): Persona | undefined => PERSONAS.find((one) => one.phone === phone);

/** Words to send with one tap. `{code}` is the last code this phone was sent. */
const QUICK: Record<Locale, string[]> = {
  en: [
    "NEED",
    "LIST",
    "MENU",
    "STATUS",
    "1",
    "2",
    "CLAIM {code}",
    "cliam {code}",
    "MORE {code}",
    "@{code} See you soon",
  ],
  es: ["NECESITO", "LISTA", "AYUDA", "ESTADO", "1", "2", "TOMO {code}", "tmoo {code}", "MAS {code}", "@{code} Ya voy"],
  ar: ["NEED", "LIST", "MENU", "STATUS", "1", "2", "CLAIM {code}", "MORE {code}", "@{code} أنا قادم"],
};
const ODD = ["STOP", "START", "👍🏽", "نحتاج إلى ماء وحليب أطفال", `We are ${"very ".repeat(56)}hungry`];

const CODE = /(?<![\p{L}\p{N}])[2-9A-HJKMNP-TV-Z]{4,6}(?![\p{L}\p{N}])/gu;

/** @param last the last text this phone got, for the code it may answer with. */
export function quickWords(locale: Locale, last: string): string[] {
  const code = last.match(CODE)?.find((one) => /\d/.test(one)) ?? last.match(CODE)?.at(0);
  return [...QUICK[locale], ...ODD].flatMap((words) =>
    words.includes("{code}") ? (code ? [words.replace("{code}", code)] : []) : [words],
  );
}
