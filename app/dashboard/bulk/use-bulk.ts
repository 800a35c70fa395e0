import { useState } from "react";
import { chosenValue, PORTION, type Outcome, type Report } from "./bulk.ts";

export type Choice = ReadonlyMap<string, number>;
const NONE: Choice = new Map();

/** What a portion's failure says of its posts: the server could not be asked. */
const notAsked = (codes: readonly string[]): Outcome[] => codes.map((code) => ({ code, problem: "unavailable" }));

/**
 * Posts that were chosen, each at the revision that was seen then, and what is done to them a portion at a time.
 *
 * @param touched told of the posts of a portion once it is done.
 */
export function useBulk(touched: (codes: string[]) => void) {
  const [chosen, setChosen] = useState<Choice>(NONE);
  const [progress, setProgress] = useState<{ done: number; total: number } | null>(null);
  const [report, setReport] = useState<Report | null>(null);

  const choose = (rows: readonly { code: string; revision: number }[], on: boolean) =>
    setChosen((before) => {
      const after = new Map(before);
      for (const { code, revision } of rows) {
        if (on) after.set(code, revision);
        else after.delete(code);
      }
      return after;
    });

  const run = async (act: string, agreed: boolean, rows: readonly { code: string; revision: number }[]) => {
    const outcomes: Outcome[] = [];
    setReport(null);
    for (let at = 0; at < rows.length; at += PORTION) {
      setProgress({ done: at, total: rows.length });
      const portion = rows.slice(at, at + PORTION);
      outcomes.push(...(await send(act, agreed, portion)));
      touched(portion.map(({ code }) => code));
    }
    setProgress(null);
    setChosen(NONE);
    setReport({
      act,
      done: outcomes.flatMap(({ code, problem }) => (problem ? [] : code)),
      failed: outcomes.flatMap(({ code, problem }) => (problem ? { code, problem } : [])),
    });
  };
  return { chosen, choose, clear: () => setChosen(NONE), progress, report, run };
}

async function send(act: string, agreed: boolean, rows: readonly { code: string; revision: number }[]) {
  const codes = rows.map(({ code }) => code);
  const body = new URLSearchParams([["act", act], ...(agreed ? [["agreed", "yes"]] : [])]);
  for (const row of rows) body.append("row", chosenValue(row));
  try {
    const answer = await fetch("/coordinate/posts/bulk", {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
    });
    return answer.ok ? ((await answer.json()) as Outcome[]) : notAsked(codes);
  } catch {
    return notAsked(codes);
  }
}
