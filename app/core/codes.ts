/**
 * A post's public code: letters and digits without those people mix up (0 O 1 I L U). Neither side of such a pair is in
 * here, so a code typed with one of them is a wrong code and nothing is guessed.
 */
export const CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A code as it is stored, from however it was typed or read aloud: ` 4f2k `, `4F 2K`, `#4f-2k`, `４Ｆ２Ｋ`. */
export const plainCode = (typed: string) =>
  plainDigits(typed.slice(0, 40).normalize("NFKC"))
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toUpperCase();

/** The zeros of the digits people text with besides ASCII: Arabic, Persian and Urdu, Devanagari, Bengali. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6];

/** `٤` and `۴` are `4`. */
export const plainDigits = (text: string) =>
  text.replace(/[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef]/g, (digit) => {
    const point = digit.codePointAt(0)!;
    return String(point - ZEROS.find((zero) => point >= zero && point < zero + 10)!);
  });

/** Words of the code's letters that people write in texts: "got them", "next week", "more pads". */
const WORDS = new Set(
  (
    "back bags bash base bath bean bear beat been beer best beta care cars cart case cash cent chat ears each east easy eats " +
    "face fact fast fear feed feet felt free gate gave gear hand hate have head hear heat here hers keep kept kegs " +
    "made make many mark mate meat meds meet mess need news next papa paga page pads pans pant park part pass past path pays " +
    "sack safe same sand save seat seem seen sees send sent step stay take tank tape task team tear tent test text than that " +
    "them then they trap tray trees vans vest want ways wear week went were west what when yard yeah year " +
    "aca aqua bebe caca cada came camp cama cara casa cena cree dada data date deme dent dame dave dear debe deck dedo esas " +
    "esta este etc gasa gata gana hace haga hasta hay jaja jeje haha hehe mama mapa mesa meta nada pan pasa papas parte pega " +
    "queda sabe saca sed ser seas tasa trae tren vaya vean vas ven vera cena"
  ).split(" "),
);

/** Ordinals and measures read as what they are: `22nd`, `5pm`, `30kg`. */
const MEASURE = /^\d+(am|pm|st|nd|rd|th|k|kg|g|gr|pc|pcs|pack|packs|days|day|week|weeks|mins?|hrs?|m|km)$/;

/** Whether a code would be taken for a word in a text; such codes are never given out. Any case. */
export function readsAsWord(code: string): boolean {
  const word = code.toLowerCase();
  return WORDS.has(word) || MEASURE.test(word);
}
