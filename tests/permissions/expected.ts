import { readFileSync } from "node:fs";

const lines = (name: string) =>
  readFileSync(new URL(name, import.meta.url), "utf8")
    .split("\n")
    .filter((line) => line && !line.startsWith("#"));

/** What everybody gets, by row: a letter for each role (`walk.ts`), in the order of `ROLES`. */
export const EXPECTED = Object.fromEntries(
  lines("who-gets-what.txt").map((line) => [line.replace(/^\S+ +/, ""), line.split(" ")[0]!]),
);

/** Who may see which field, by canary; whoever is not named never does. */
export const FIELDS = Object.fromEntries(
  lines("who-sees-what.txt").map((line) => line.split(/: ?/, 2) as [string, string]),
);

/** Whoever asks here has looked at somebody's number, address or words, and that is written down. */
export const RECORDED_READINGS = [
  "routes/claims.$id",
  "routes/coordinate_.messages_.reports.$report",
  "GET /posts/{code}",
];
