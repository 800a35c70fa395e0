import type { Answer, Installation } from "./installation.ts";
import { canariesIn } from "./fields.ts";
import type { Row } from "./rows.ts";
import { ROLES, type Role, type Scene } from "./scene.ts";

/** A page asked for whole, its data alone, without its body; a form sent by the page, and to its data alone. */
const WAYS = { GET: ["document", "data", "HEAD"], POST: ["document", "data"], API: ["API"] } as const;
type Way = (typeof WAYS)[keyof typeof WAYS][number];

export type Visit = Omit<Answer, "body"> & {
  canaries: string[];
  row: Row;
  role: Role;
  way: Way;
  letter: string;
  written: string[];
};

/**
 * What became of it, in one letter: `.` answered · `>` led on · `s` led to signing in · `u` not signed in · `f` not allowed ·
 * `n` nothing there · `c` moved on meanwhile · `b` not understood · `x` no such method · `!` broken. Of what is to change
 * something: `=` answered and `-` led on, but nothing was changed.
 */
export function letterOf(
  { status, headers, written }: Omit<Answer, "body"> & { written?: string[] },
  reads = true,
): string {
  const idle = !reads && written?.length === 0;
  if (status === 201) return ".";
  const to = String(headers["location"] ?? headers["x-remix-redirect"] ?? "");
  if (to) return to.startsWith("/sign-in?") ? "s" : idle ? "-" : ">";
  const letters: Record<number, string> = {
    200: ".",
    204: ".",
    400: "b",
    401: "u",
    403: "f",
    404: "n",
    405: "x",
    409: "c",
    422: "b",
  };
  const letter = letters[status] ?? "!";
  return letter === "." && idle ? "=" : letter;
}

/** Whether it asks for something and must change nothing. */
export const isReading = ({ form, json }: Row): boolean => (json ? json.method === "GET" : !form);

/** Where a HEAD is asked for beside the document: one of each kind of answer is enough, as it is the same without its body. */
const HEADS: readonly Role[] = ["visitor", "unchecked", "coordinator"];

/** Asks for one row as everybody in every way. */
export async function walk(installation: Installation, scene: Scene, row: Row): Promise<Visit[]> {
  const method = row.json?.method ?? (row.form ? "POST" : "GET");
  const body = row.json
    ? row.json.body && JSON.stringify(row.json.body)
    : row.form && new URLSearchParams(row.form).toString();
  const ways: readonly Way[] = row.json ? WAYS.API : row.form ? WAYS.POST : WAYS.GET;
  const visits: Visit[] = [];
  for (const role of ROLES) {
    const token = scene.sessions[role];
    const cookie = token ? `sid=${token}` : null;
    for (const way of ways) {
      if (way === "HEAD" && !HEADS.includes(role)) continue;
      const data = `${row.path.includes("?") ? "&" : "?"}_data=${encodeURIComponent(row.route)}`;
      const answer = await installation.ask({
        method: way === "HEAD" ? "HEAD" : method,
        path: way === "data" ? row.path + data : row.path,
        cookie,
        body: body ?? null,
        type: row.json ? "application/json" : "application/x-www-form-urlencoded",
      });
      const { body: shown, ...heard } = answer;
      visits.push({
        ...heard,
        canaries: canariesIn(shown, scene),
        row,
        role,
        way,
        letter: letterOf(answer, isReading(row)),
      });
    }
  }
  return visits;
}

/** What a row got, a letter for each role; where ways differ, all of theirs in brackets. */
export function lettersOf(visits: Visit[]): string {
  return ROLES.map((role) => {
    const letters = visits.filter((visit) => visit.role === role).map(({ letter }) => letter);
    return new Set(letters).size === 1 ? letters[0]! : `[${letters.join("")}]`;
  }).join("");
}
