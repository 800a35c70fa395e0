import { Problem, type ProblemKind } from "#app/core/problems.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { BadInput, type Fault } from "./bad-input.ts";

const WAIT_SECONDS = 3;

type About = { locale: Locale; publicUrl: string; headers?: Record<string, string> };

/**
 * A problem as RFC 9457 says it: `type` is this installation's address of the kind and never changes, `detail` is the
 * kind sentence in the reader's language. Only members the document lists leave the house.
 */
export function problemResponse(problem: Problem, { locale, publicUrl, headers = {} }: About): Response {
  const t = textFor(locale);
  const { facts, kind, status } = problem;
  const wait = status === 503 || status === 429 ? Number(facts["seconds"] ?? WAIT_SECONDS) : null;
  const body = {
    type: problemType(publicUrl, kind),
    title: titleOf(kind),
    status,
    detail: t(`problem.${kind}`, { remaining: 0, ...facts }),
    ...(typeof facts["remaining"] === "number" ? { remaining: facts["remaining"] } : {}),
    ...(wait === null ? {} : { retry_after: wait }),
    ...(problem instanceof BadInput ? { errors: problem.faults.map((fault) => said(fault, locale)) } : {}),
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      "Content-Type": "application/problem+json",
      "Content-Language": locale,
      "Cache-Control": "no-store",
      Vary: "Accept-Language, Authorization, Cookie",
      ...(wait === null ? {} : { "Retry-After": String(wait) }),
      ...headers,
    },
  });
}

export const problemType = (publicUrl: string, kind: ProblemKind): string => `${publicUrl}/problems/${kind}`;

/** The kind in words, for people who read logs: "Already covered". */
export const titleOf = (kind: ProblemKind): string => kind.charAt(0).toUpperCase() + kind.slice(1).replaceAll("-", " ");

const said = ({ say, values, ...place }: Fault, locale: Locale) => ({
  ...place,
  detail: textFor(locale)(`api.field.${say}`, values),
});
