import type { PersonCtx } from "#app/core/ctx.ts";
import type { ProblemKind } from "#app/core/problems.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { pairName } from "./plan-query.ts";
import type { AcceptedPlan } from "./plan.ts";
import { titled } from "./titled.server.ts";

const WHY = {
  "already-covered": "covered",
  "already-closed": "closed",
  "not-open": "closed",
  "ask-coordinators": "apart",
  "own-post": "apart",
  "not-found": "not_yours",
  "not-allowed": "not_yours",
} as const satisfies Partial<Record<ProblemKind, string>>;

/** Pairs that could not be made, with why in the reader's words. A post the reader may not see is called by its code. */
export async function failedPairs(ctx: PersonCtx, failed: AcceptedPlan["failed"], locale: Locale) {
  const shown = await titled(
    ctx,
    failed.flatMap(({ needCode, offerCode }) => [needCode, offerCode]),
    locale,
  );
  const t = textFor(locale);
  return failed.map(({ needCode, offerCode, problem }) => ({
    name: pairName({ needCode, offerCode }),
    need: shown(needCode),
    offer: shown(offerCode),
    words: t(
      `matching.plan.failed.${(WHY as Partial<Record<ProblemKind, (typeof WHY)[keyof typeof WHY]>>)[problem] ?? "other"}`,
    ),
  }));
}
