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

/** The zeros of the digits people text with besides ASCII, in their order: Arabic, Persian and Urdu, Devanagari, Bengali. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6];

/** `٤` and `۴` are `4`. */
export const plainDigits = (text: string) =>
  text.replace(/[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef]/g, (digit) => {
    const point = digit.codePointAt(0)!;
    return String(point - ZEROS.find((zero) => point < zero + 10)!);
  });

/** Words of the code's letters that people write in texts: "got them", "next week", "more pads". */
const WORDS = new Set(
  (
    "ages area army arts baby back bags band bank bare barn bars base bash bata bath bean bear beat beba bebe " +
    "beds been beer bent best beta brag caca cada cafe cage cake cama came camp cane capa caps cara card care " +
    "cars cart casa case cash cats cave cena cent cera chat chew crab cree crew dada dame damn dare dark dash " +
    "data date dave deaf dear debe debt deck deed deep deer deme dent deny desk draw each ears east easy eats " +
    "edge eggs ends eran eres esas eses esta este eyes face fact fade fake fare farm fast fear feed fees feet " +
    "free game gana gang gasa gata gate gave gear germ gets grab gray grew grey hace haga haha hand harm hate " +
    "hats have haya head heap hear heat hehe herb here hers jack jaja jars jean jeep jeje keen keep kegs kept " +
    "keys knee knew made make mama many mapa mark mask mate math meat meds meet mega mere mesa mess meta mete " +
    "nace nada name navy near neat neck need nest news next pace pads paga page pans pant papa para pare park " +
    "part pasa pase pass past path pays pear peas peek peer pega pens perk pets pray prep race rack rage rama " +
    "rang rank rare rata rate raya read rent rest sabe saca sack safe same sand save sean seas seat seek seem " +
    "seen sees send sent sera sexa shed snap spam span star stay stem step stew swap tabs tags take tank tape " +
    "tart tasa task team tear tech teen teme tent term test text than that them then they trae trap tray tree " +
    "trek tren tres type vaca vans vary vast vaya vean vera verb very vest vete wage wake want ward warm warn " +
    "wash wave ways weak wear webs week went were west what when wrap yard yarn yeah year"
  ).split(" "),
);

/** Ordinals and measures read as what they are: `22nd`, `5pm`, `30kg`. */
const MEASURE = /^\d+(am|pm|st|nd|rd|th|k|kg|g|gr|pc|pcs|pack|packs|days|day|week|weeks|mins?|hrs?|m|km)$/;

/**
 * Whether a code would be taken for a word in a text (any case): such codes are never given out. Five letters and more
 * without a digit always would.
 */
export function readsAsWord(code: string): boolean {
  const word = code.toLowerCase();
  return WORDS.has(word) || MEASURE.test(word) || /^[a-z]{5,}$/.test(word);
}
