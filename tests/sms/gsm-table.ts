/**
 * 3GPP TS 23.038, written out again from the standard so that the counter is checked against something that does not share
 * its mistakes: code point → septets. §6.2.1 (default alphabet, 0x1B is the escape) and §6.2.1.1 (extension).
 */
const FIRST_32 =
  "0040 00A3 0024 00A5 00E8 00E9 00F9 00EC 00F2 00C7 000A 00D8 00F8 000D 00C5 00E5 " +
  "0394 005F 03A6 0393 039B 03A9 03A0 03A8 03A3 0398 039E ESC 00C6 00E6 00DF 00C9";
/** Septets that are not their ASCII letter from 0x20 on. */
const OTHERWISE: Record<number, number> = {
  0x24: 0x00a4,
  0x40: 0x00a1,
  0x5b: 0x00c4,
  0x5c: 0x00d6,
  0x5d: 0x00d1,
  0x5e: 0x00dc,
  0x5f: 0x00a7,
  0x60: 0x00bf,
  0x7b: 0x00e4,
  0x7c: 0x00f6,
  0x7d: 0x00f1,
  0x7e: 0x00fc,
  0x7f: 0x00e0,
};
const EXTENSION: Record<number, number> = {
  0x0a: 0x000c,
  0x14: 0x005e,
  0x28: 0x007b,
  0x29: 0x007d,
  0x2f: 0x005c,
  0x3c: 0x005b,
  0x3d: 0x007e,
  0x3e: 0x005d,
  0x40: 0x007c,
  0x65: 0x20ac,
};
const ESC = 0x1b;

/** Letter → its septets, one or an escape pair. */
export const GSM = new Map<string, number[]>();
FIRST_32.split(" ").forEach((hex, septet) => {
  if (hex !== "ESC") GSM.set(String.fromCodePoint(Number.parseInt(hex, 16)), [septet]);
});
for (let septet = 0x20; septet <= 0x7f; septet += 1)
  GSM.set(String.fromCodePoint(OTHERWISE[septet] ?? septet), [septet]);
for (const [septet, point] of Object.entries(EXTENSION)) GSM.set(String.fromCodePoint(point), [ESC, Number(septet)]);

export const ONE = [...GSM].filter(([, septets]) => septets.length === 1).map(([letter]) => letter);
export const TWO = [...GSM].filter(([, septets]) => septets.length === 2).map(([letter]) => letter);

export type Part = number[];

/** A text as a phone sends it: septets or UTF-16 units, in as few parts as hold it, no pair cut in two. */
export function partsOf(text: string): { gsm: boolean; parts: Part[] } {
  const letters = Array.from(text);
  const gsm = letters.every((letter) => GSM.has(letter));
  const units = gsm ? letters.flatMap((letter) => GSM.get(letter)!) : Array.from(text, unitsOf).flat();
  if (units.length <= (gsm ? 160 : 70)) return { gsm, parts: units.length === 0 ? [] : [units] };
  const parts: Part[] = [];
  const room = gsm ? 153 : 67;
  for (let at = 0; at < units.length;) {
    let end = Math.min(at + room, units.length);
    const opensPair = gsm ? units[end - 1] === ESC : isHigh(units[end - 1]!) && isLow(units[end]);
    if (end < units.length && opensPair) end -= 1;
    parts.push(units.slice(at, end));
    at = end;
  }
  return { gsm, parts };
}

const unitsOf = (letter: string) => Array.from({ length: letter.length }, (_, i) => letter.charCodeAt(i));
const isHigh = (unit: number) => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number | undefined) => unit !== undefined && unit >= 0xdc00 && unit <= 0xdfff;

/** What a phone shows for one part alone. */
export function shown(part: Part, gsm: boolean): string {
  if (!gsm) return String.fromCharCode(...part);
  let text = "";
  for (let i = 0; i < part.length; i += 1) {
    const septets = part[i] === ESC ? [ESC, part[(i += 1)]!] : [part[i]!];
    text += [...GSM].find(([, known]) => known.join() === septets.join())?.[0] ?? "�";
  }
  return text;
}
