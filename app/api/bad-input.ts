import type { z } from "zod";
import { Problem } from "#app/core/problems.ts";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";

type FieldMessage = MessageId extends infer M ? (M extends `api.field.${infer Name}` ? Name : never) : never;

/** One thing to mend: where (JSON Pointer into the body, or the name of a parameter) and how, as a message of `api.field`. */
export type Fault = {
  pointer?: string;
  parameter?: string;
  say: FieldMessage;
  values?: Record<string, string | number>;
};

/** What was sent cannot be used; names every field to mend. Never quotes a value: it may be somebody's number. */
export class BadInput extends Problem {
  constructor(readonly faults: Fault[]) {
    super("invalid-input");
  }

  /** What a verb found wrong, with the field it names; numbers beyond a limit are always the quantity's. */
  static from(problem: Problem): BadInput {
    if (problem instanceof BadInput) return problem;
    const { field = "quantity", most, least } = problem.facts;
    const pointer = pointerTo([String(field)]);
    if (typeof most === "number") return new BadInput([{ pointer, say: "at_most", values: { max: most } }]);
    if (typeof least === "number") return new BadInput([{ pointer, say: "at_least", values: { min: least } }]);
    return new BadInput([{ pointer, say: "written" }]);
  }
}

const MOST_FAULTS = 20;

/** What a schema found, as faults of the body or of the query; one for each place. */
export function faultsOf(issues: readonly z.core.$ZodIssue[], where: "body" | "query"): Fault[] {
  const seen = new Set<string>();
  const faults: Fault[] = [];
  for (const issue of issues) {
    const keys = issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    for (const path of keys) {
      const place = where === "body" ? { pointer: pointerTo(path) } : { parameter: String(path[0]) };
      const name = JSON.stringify(place);
      if (seen.has(name) || faults.length === MOST_FAULTS) continue;
      seen.add(name);
      faults.push({ ...place, ...wording(issue) });
    }
  }
  return faults;
}

/** A JSON Pointer (RFC 6901 §6) as a fragment: `#/contact/phone`. */
export const pointerTo = (path: readonly PropertyKey[]): string =>
  `#${path.map((key) => `/${encodeURIComponent(wellFormed(String(key)).replaceAll("~", "~0").replaceAll("/", "~1"))}`).join("")}`;

const wellFormed = (text: string) => text.replace(/\p{Cs}/gu, "\ufffd");

function wording(issue: z.core.$ZodIssue): Pick<Fault, "say" | "values"> {
  switch (issue.code) {
    case "unrecognized_keys":
      return { say: "unknown" };
    case "invalid_type":
      return { say: issue.input === undefined ? "missing" : "kind_of_value" };
    case "invalid_value":
      return issue.input === undefined
        ? { say: "missing" }
        : { say: "one_of", values: { options: issue.values.map(String).join(", ") } };
    case "too_small":
      if (issue.origin !== "string") return { say: "at_least", values: { min: Number(issue.minimum) } };
      return issue.minimum === 1 ? { say: "missing" } : { say: "too_short", values: { min: Number(issue.minimum) } };
    case "too_big":
      return { say: issue.origin === "string" ? "too_long" : "at_most", values: { max: Number(issue.maximum) } };
    case "custom":
      return { say: (issue.params?.["say"] as FieldMessage | undefined) ?? "written" };
    default:
      return { say: "written" };
  }
}

/** For `.refine(check, or("phone"))`: the message of `api.field` to answer with. */
export const or = (say: FieldMessage, path?: PropertyKey[]) => ({ params: { say }, ...(path ? { path } : {}) });
