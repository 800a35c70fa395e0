/** The digits of number words, English, Spanish and Arabic, as people dictate telephone numbers. */
const WORDS: Record<string, string> = {
  ...said("zero one two three four five six seven eight nine", 0),
  ...said("cero uno dos tres cuatro cinco seis siete ocho nueve", 0),
  ...said("صفر واحد اثنان ثلاثة اربعة خمسة ستة سبعة ثمانية تسعة", 0),
  ...said("صفر واحد اثنين ثلاثه اربعه خمسه سته سبعه ثمانيه تسعه", 0),
  ...said("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 10),
  ...said("diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve", 10),
  ...tens("twenty thirty forty fifty sixty seventy eighty ninety"),
  ...tens("veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa"),
  oh: "0",
  o: "0",
  nought: "0",
  niner: "9",
  hundred: "00",
  thousand: "000",
};

function said(words: string, first: number): Record<string, string> {
  return Object.fromEntries(words.split(" ").map((word, at) => [word.normalize("NFKD"), String(first + at)]));
}

function tens(words: string): Record<string, string> {
  return Object.fromEntries(words.split(" ").map((word, at) => [word, String(20 + 10 * at)]));
}

const LONG_WORDS = Object.keys(WORDS).filter((word) => word.length > 1);
const GLUED = new RegExp(`^(?:${LONG_WORDS.join("|")}){2,}$`);
const EACH = new RegExp(LONG_WORDS.join("|"), "g");
/** What people say between the parts of a number. */
const BETWEEN =
  /^(?:dash|hyphen|dot|point|period|minus|plus|space|slash|comma|then|and|ext|extension|guion|punto|espacio|raya|coma|barra|luego|mas|y|x|شرطة|نقطة|و)$/;
const REPEATED: Record<string, number> = { double: 1, doble: 1, triple: 2, treble: 2 };

/** A piece of a text: digits (`""` for "double", which makes more of what follows), or what may stand between them. */
export type Piece = { start: number; end: number; digits: string; kind: "digits" | "between" | "word" };

/** The pieces of a text in plain letters; `O` and `l` among digits are digits too. */
export function piecesOf(plain: string): Piece[] {
  const pieces: Piece[] = [];
  for (const { 0: word, index } of plain.matchAll(/[\p{L}\d]+/gu)) {
    if (/^[\doil]*\d[\doil]*$/.test(word) && !/^\d+l$/.test(word)) {
      const digits = word.replaceAll("o", "0").replace(/[il]/g, "1");
      pieces.push({ start: index, end: index + word.length, digits, kind: "digits" });
      continue;
    }
    for (const { 0: part, index: at } of word.matchAll(/\d+|\p{L}+/gu)) {
      pieces.push({ start: index + at, end: index + at + part.length, ...readPart(part) });
    }
  }
  return pieces;
}

function readPart(part: string): Pick<Piece, "digits" | "kind"> {
  if (/^\d/.test(part)) return { digits: part, kind: "digits" };
  if (Object.hasOwn(WORDS, part)) return { digits: WORDS[part]!, kind: "digits" };
  if (GLUED.test(part)) {
    return {
      digits: part
        .match(EACH)!
        .map((word) => WORDS[word]!)
        .join(""),
      kind: "digits",
    };
  }
  if (Object.hasOwn(REPEATED, part)) return { digits: "·".repeat(REPEATED[part]!), kind: "digits" };
  return { digits: "", kind: BETWEEN.test(part) ? "between" : "word" };
}
