import { readFileSync } from "node:fs";
import { relative } from "node:path";
import type { Stryker } from "@stryker-mutator/core";

export type Mistake = Awaited<ReturnType<Stryker["runMutationTest"]>>[number];

/** A run without an end is noticed by whoever waits for it. */
const NOTICED = ["Killed", "Timeout"];
const UNNOTICED = ["Survived", "NoCoverage"];

/** What stands before each mistake that is listed. */
const LISTED: Partial<Record<Mistake["status"], string>> = {
  Survived: "unnoticed",
  NoCoverage: "untested ",
  Timeout: "by time  ",
};

export const say = (line: string): void => console.log(line);

/** Neither left out nor one that does not even run. */
const counts = ({ status }: Mistake): boolean => NOTICED.includes(status) || UNNOTICED.includes(status);

const isNoticed = ({ status }: Mistake): boolean => NOTICED.includes(status);

/** Those to look at: no test failed. */
export function listUnnoticed(mistakes: Mistake[]): void {
  for (const mistake of mistakes) {
    if (!LISTED[mistake.status]) continue;
    const { fileName, location, status, mutatorName } = mistake;
    const { place, before, was, is } = whatChanged(readFileSync(fileName, "utf8"), mistake);
    const where = `${relative(process.cwd(), fileName)}:${location.start.line + place}`;
    say(`${LISTED[status]} ${where} ${mutatorName}: ${oneLine(before)}[${oneLine(was)}] -> [${oneLine(is)}]`);
  }
}

const oneLine = (text: string): string => {
  const line = text.replace(/\s+/gu, " ");
  return line.length > 100 ? `${line.slice(0, 100)}…` : line;
};

/** A statement is long and its mistake small: what stands at both ends alike is left out. */
function whatChanged(file: string, { location: { start, end }, replacement: whole }: Mistake) {
  const lines = file.split("\n");
  const offset = (at: { line: number; column: number }): number =>
    lines.slice(0, at.line - 1).reduce((sum, line) => sum + line.length + 1, 0) + at.column - 1;
  // Of a statement only the words: Stryker prints its type in another way.
  const words = (text: string): number => (whole.startsWith("sql<") ? text.indexOf("`") : 0);
  const from = offset(start) + words(file.slice(offset(start)));
  const original = file.slice(from, offset(end));
  const replacement = whole.slice(words(whole));
  const same = (one: string, other: string, place: number): boolean => one.at(place) === other.at(place);
  const shorter = Math.min(original.length, replacement.length);
  let head = 0;
  while (head < shorter && same(original, replacement, head)) head++;
  let tail = 0;
  while (tail < shorter - head && same(original, replacement, -1 - tail)) tail++;
  const upTo = original.slice(0, head);
  return {
    place: file.slice(offset(start), from + head).split("\n").length - 1,
    before: upTo.slice(-24),
    was: original.slice(head, original.length - tail),
    is: replacement.slice(head, replacement.length - tail),
  };
}

export function scoreOf(name: string, mistakes: Mistake[]): string {
  const inSql = mistakes.filter(({ mutatorName }) => mutatorName.startsWith("Sql"));
  return `${name.padEnd(12)} ${share(mistakes)}; in SQL ${share(inSql)}`;
}

/** At least this many of a hundred. */
export function reaches(wanted: number, mistakes: Mistake[]): boolean {
  return mistakes.filter(isNoticed).length * 100 >= mistakes.filter(counts).length * wanted;
}

function share(mistakes: Mistake[]): string {
  const all = mistakes.filter(counts).length;
  const noticed = mistakes.filter(isNoticed).length;
  // On a busy machine a test may only have been slow: these are worth a second look.
  const slow = mistakes.filter(({ status }) => status === "Timeout").length;
  if (all === 0) return "nothing to change";
  return `${((100 * noticed) / all).toFixed(1)} % (${noticed} of ${all}${slow > 0 ? `, ${slow} of them by time` : ""})`;
}
