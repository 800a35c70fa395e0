import { lettersOf } from "#app/people/hiding/letters.ts";
import { linksIn } from "#app/people/hiding/links.ts";
import { phonesIn } from "#app/people/hiding/phones.ts";

/**
 * Why a coordinator should look at a post. `new_number`: a number nobody here knows yet posts a lot · `blocked`: its number
 * is blocked · `unproved`: sent past a limit by a browser that could not do the sum · `link`, `phone`, `address`: there is
 * one in words that everybody reads.
 */
export const CONCERNS = ["blocked", "new_number", "unproved", "link", "phone", "address"] as const;
export type Concern = (typeof CONCERNS)[number];
export type SaidConcern = Extract<Concern, "link" | "phone" | "address">;

const NUMBER = "\\d{1,5}[a-z]?(?:[-/]\\d{1,4})?";
/** What comes between a number and a street that is not its name: "5 pm on Main Street", "2 rides to the dr". */
const BETWEEN = "(?!(?:[ap]\\.?m\\.?|on|to|the|for|at|in|from|of|and|or|by|near|with|a|an)\\s)";
const BEFORE = "(?:calle|c/|avenida|avda?|av\\.|paseo|plaza|camino|carrera|شارع|طريق|ميدان|حي)";
const AFTER =
  "(?:street|st|avenue|ave|av|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|place|pl|terrace|ter|parkway|pkwy|highway|hwy|way|square|sq|alley|row|broadway)";
const ADDRESSES = [
  /** `123 Main St`, `45-12 47th Ave Apt 3`; "2 way radios" and "4 place settings" name no street. */
  new RegExp(
    `(?<![\\p{L}\\p{N}$€£#.,])${NUMBER}\\s+(?:[nsew]\\.?\\s+)?(?:${BETWEEN}[\\p{L}'.-]+\\s+|\\d+(?:st|nd|rd|th)\\s+){1,3}${AFTER}(?![\\p{L}\\p{N}])`,
    "u",
  ),
  /** `calle Olmo 12`, `Av. Juárez #45`, `شارع النيل 12`. */
  new RegExp(
    `(?<![\\p{L}\\p{N}])${BEFORE}\\s+(?:[\\p{L}'.-]+\\s+){1,4}(?:#|no\\.?|num\\.?|nº|رقم)?\\s*${NUMBER}(?![\\p{L}\\p{N}])`,
    "u",
  ),
  /** `apt 4B`, `unit 12`, `departamento 3`. */
  /(?<![\p{L}\p{N}])(?:apt|apartment|apto|apartamento|depto|departamento|شقة|شقه)\.?\s*(?:#|no\.?|رقم)?\s*\d{1,4}[a-z]?(?![\p{L}\p{N}])/u,
];

/** What of a text that everybody reads would better be told in private, or might lead somebody astray. PURE. */
export function concernsOf(...texts: (string | null | undefined)[]): SaidConcern[] {
  const found = new Set<SaidConcern>();
  for (const text of texts) {
    if (!text) continue;
    const { plain } = lettersOf(text);
    if (linksIn(plain).length > 0) found.add("link");
    if (phonesIn(plain).length > 0) found.add("phone");
    if (ADDRESSES.some((pattern) => pattern.test(plain))) found.add("address");
  }
  return [...found];
}
