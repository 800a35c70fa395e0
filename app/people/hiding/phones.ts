import { type Piece, piecesOf } from "./numbers.ts";

type Range = [start: number, end: number];

/** Fewer digits in a row are a house number, a price, a time or a code. */
const SHORTEST = 7;
/** More than this between two groups of digits, and they are two numbers. */
const WIDEST_GAP = 8;

/** Where a text in plain letters says a telephone number, in digits or words, however it is parted. */
export function phonesIn(plain: string): Range[] {
  return runsOf(piecesOf(plain), plain).flatMap((run): Range[] => {
    const digits = run.reduce((n, piece) => n + piece.digits.length, 0);
    if (digits < SHORTEST) return [];
    const start = run[0]!.start;
    const end = run.at(-1)!.end;
    const lead = /[+(\s]*$/.exec(plain.slice(0, start))![0];
    const plus = /[+(]/.test(lead);
    if (!plus && isOrdinary(plain.slice(start, end), plain.slice(0, start), plain.slice(end))) return [];
    return [[start - (plus ? lead.trimStart().length : 0), end]];
  });
}

/** Groups of digits with nothing but separators between them. */
function runsOf(pieces: Piece[], plain: string): Piece[][] {
  const runs: Piece[][] = [];
  let run: Piece[] = [];
  const close = () => {
    while (run.at(-1)?.kind === "between") run.pop();
    if (run.length > 0) runs.push(run);
    run = [];
  };
  for (const piece of pieces) {
    const gap = run.length > 0 ? plain.slice(run.at(-1)!.end, piece.start) : "";
    if (piece.kind === "word" || [...gap].length > WIDEST_GAP) close();
    if (piece.kind === "digits" || (piece.kind === "between" && run.length > 0)) run.push(piece);
  }
  close();
  return runs;
}

const MONTH = "(?:0?[1-9]|1[0-2])";
const DAY = "(?:0?[1-9]|[12]\\d|3[01])";
const YEAR = "(?:19|20)\\d\\d";
const DATE = `${YEAR}([-/.])${MONTH}\\1${DAY}|(?:${DAY}([-/.])${MONTH}\\2|${MONTH}([-/.])${DAY}\\3)(?:${YEAR}|[2-4]\\d)`;
const SHORT_DATE = `${DAY}/${MONTH}|${MONTH}/${DAY}|${YEAR}`;
const TIME = "(?:[01]?\\d|2[0-4])[:.h][0-5]\\d(?::[0-5]\\d)?";
const THOUSANDS = "[1-9]\\d{0,2}(?:,\\d{3}){1,2}(?:\\.\\d{2})?";
const ZIP = "\\d{5}-\\d{4}";
const CLEAR = new RegExp(`^(?:${DATE}|${TIME}|${ZIP}|${THOUSANDS}|${SHORT_DATE})(?![\\d:])`);
const SMALL = /^[1-9]\d{0,2}(?![\d:.])/;
const GAP = /^(?:[\s,;]{1,3}|\s?[-–]\s?)/;
const PRICE = /^\d{1,9}(?:[.,]\d{1,3})*$/;

/** Dates, times, amounts and ZIP+4 in a row, which have as many digits as a telephone number but are none. */
function isOrdinary(said: string, before: string, after: string): boolean {
  if (PRICE.test(said) && (/[$€£]\s?$/.test(before) || /^\s?(?:[$€£]|usd|dollars|dolares|pesos|euros)/.test(after))) {
    return true;
  }
  let rest = said;
  let clear = 0;
  let small = 0;
  for (;;) {
    const item = CLEAR.exec(rest)?.[0];
    const taken = item ?? SMALL.exec(rest)?.[0];
    if (!taken) return false;
    if (taken === item) clear += 1;
    else small += 1;
    rest = rest.slice(taken.length);
    if (rest === "") return clear > 0 && clear <= 4 && small <= clear;
    const gap = GAP.exec(rest)?.[0];
    if (!gap) return false;
    rest = rest.slice(gap.length);
  }
}

/** Every digit a text says, in digits or words, in one row. */
export const allDigits = (plain: string): string =>
  piecesOf(plain)
    .map(({ digits }) => digits)
    .join("");

/** Where a text says any number at all. */
export const numbersIn = (plain: string): Range[] =>
  piecesOf(plain).flatMap(({ kind, start, end }): Range[] => (kind === "digits" ? [[start, end]] : []));
