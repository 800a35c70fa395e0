import type { ProblemKind } from "#app/core/problems.ts";
import type { Urgency } from "#app/posts/post.ts";

export const CLOSE_REASONS = ["fulfilled", "met_for_now", "withdrawn", "declined"] as const;
export const URGENCIES = ["urgent", "soon", "normal"] as const satisfies Urgency[];

/** What can be done to several posts at once. */
export type BulkAct =
  | { kind: "approve" }
  | { kind: "close"; reason: (typeof CLOSE_REASONS)[number] }
  | { kind: "urgency"; urgency: Urgency }
  | { kind: "category"; categoryId: string }
  | { kind: "group"; slug: string; agreed: boolean };

/** A post as whoever chose it saw it. */
export type Chosen = { code: string; revision: number };
/** What became of one of them: null is done. */
export type Outcome = { code: string; problem: ProblemKind | null };

/** So many in one request: a page of the list without script, a portion of a longer run with it. */
export const MOST_CHOSEN = 50;
export const PORTION = 5;

const isIn = <T extends string>(list: readonly T[], value: string): value is T => list.includes(value as T);

/**
 * Reads an act as the form sends it: `close:fulfilled`, `urgency:soon`, `category:<id>`, `group:<slug>`, `approve`.
 *
 * @param agreed the authors said yes to another group having it.
 */
export function parseAct(text: string, agreed: boolean): BulkAct | null {
  const [kind, value = ""] = text.split(/:(.*)/s);
  if (kind === "approve") return { kind };
  if (kind === "close" && isIn(CLOSE_REASONS, value)) return { kind, reason: value };
  if (kind === "urgency" && isIn(URGENCIES, value)) return { kind, urgency: value };
  if (kind === "category" && /^[\da-f-]{36}$/i.test(value)) return { kind, categoryId: value };
  if (kind === "group" && /^[\w-]{1,60}$/.test(value)) return { kind, slug: value, agreed };
  return null;
}

/** Reads a chosen row as the form sends it: `4F2K.3`. */
export function parseChosen(text: string): Chosen | null {
  const [, code, revision] = /^([0-9A-Z]{4,10})\.(\d{1,9})$/.exec(text) ?? [];
  return code && revision ? { code, revision: Number(revision) } : null;
}

export const chosenValue = ({ code, revision }: Chosen): string => `${code}.${revision}`;

/** What was done, as it stands in the address that a form without script leads to. */
export type Report = { act: string; done: string[]; failed: { code: string; problem: string }[] };

export function reportQuery({ act, done, failed }: Report): string {
  const query = new URLSearchParams({ act, done: done.join(".") });
  for (const { code, problem } of failed) query.append("not", `${code}.${problem}`);
  return query.toString();
}

export function parseReport(query: URLSearchParams): Report | null {
  const act = query.get("act");
  if (!act) return null;
  const codes = (query.get("done") ?? "").split(".").filter((code) => /^[0-9A-Z]{4,10}$/.test(code));
  const failed = query.getAll("not").flatMap((text) => {
    const [, code, problem] = /^([0-9A-Z]{4,10})\.([a-z-]{1,30})$/.exec(text) ?? [];
    return code && problem ? [{ code, problem }] : [];
  });
  return { act, done: codes.slice(0, MOST_CHOSEN), failed: failed.slice(0, MOST_CHOSEN) };
}
