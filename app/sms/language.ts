import type { Locale } from "#app/i18n/locales.ts";
import { foldWords } from "./fold.ts";

/** Small words that are Spanish and nothing else people text us; folded. */
const SPANISH = new Set(
  (
    "hola ola buenas buenos dias gracias por favor porfa necesito necesita necesitamos necesitoo quiero queremos ayuda ayudan ayudar " +
    "comida para mi mis con una unas unos los las que como donde cuando cuanto tengo tenemos tienen puede pueden somos estoy " +
    "estamos hay nino nina ninos ninas bebe panales agua cobija cobijas ropa casa familia manana hoy aqui soy nos del pa ya"
  ).split(" "),
);

/**
 * The language a text is probably in, for somebody who never said: Arabic by its letters, Spanish by at least two of its
 * small words, or one where there are hardly more. Null where it cannot be told.
 */
export function languageOf(text: string): Locale | null {
  if (/\p{Script=Arabic}{2}/u.test(text)) return "ar";
  if (/[¿¡ñ]/i.test(text)) return "es";
  const words = foldWords(text).split(" ").filter(Boolean);
  const spanish = words.filter((word) => SPANISH.has(word)).length;
  return spanish >= 2 || (spanish === 1 && words.length <= 2) ? "es" : null;
}
