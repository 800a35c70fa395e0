import { hide } from "#app/people/hiding/hide.ts";
import { foldWords } from "#app/sms/fold.ts";
import { saysOnly } from "./what-words.ts";

/** "123 Main St", "calle Morelos 12", "apt 4B": folded words that tell strangers where somebody sleeps. */
const STREETS = [
  /(^| )\d{1,5}[a-z]? (\p{L}+ ){0,3}(st|street|ave|avenue|rd|road|blvd|boulevard|dr|drive|ln|lane|ct|court|pl|place|way)( |$)/u,
  /(^| )(calle|avenida|av|carrera|callejon|calzada|camino) (\p{L}+ ){0,4}\d{1,5}( |$)/u,
  /(^| )(apt|apartment|unit|room|apto|apartamento|depto|departamento|piso|cuarto) \d+[a-z]?( |$)/u,
];

/**
 * The public title of a post that was texted: the first words as typed, except where they only repeat how many of what
 * ("6 blankets"), and where they carry an address, a number or a link. Those words become a private note instead.
 *
 * @param names what its category is called, in every language; @param plain the category's name for the reader.
 */
export function titleOf(
  what: string | null,
  { names, plain }: { names: string[]; plain: string },
): { title: string; aside: string | null } {
  if (!what) return { title: plain, aside: null };
  const reveals = STREETS.some((street) => street.test(foldWords(what))) || hide(what, { word: "" }) !== what;
  if (reveals) return { title: plain, aside: what };
  return { title: names.length > 0 && saysOnly(what, names) ? plain : what, aside: null };
}
