import type { Locale } from "#app/i18n/locales.ts";
import type { Text } from "#app/i18n/text.ts";
import { daysLater, shortDayName } from "./plan-day.ts";
import { pairName, planHref, type PlanWishes } from "./plan-query.ts";
import type { PairCodes } from "./plan.ts";
import type { Titled } from "./titled.server.ts";

const SHOWN_DAYS = 7;

/** The next days to choose from, the first called today. */
export const dayChoices = (t: Text, locale: Locale, today: string, group: string) =>
  Array.from({ length: SHOWN_DAYS }, (_, n) => {
    const day = daysLater(today, n);
    const words = [t("matching.plan.today"), t("matching.plan.tomorrow")][n] ?? shortDayName(locale, day);
    return { day, text: words, href: planHref({ group, day }) };
  });

type Named = (code: string) => Titled;

/** What was taken out and what was fixed, each with the address of the plan without that wish. */
export function wishChoices(place: { group: string; day: string }, { kept, without }: PlanWishes, named: Named) {
  const pairOf = (pair: PairCodes) => ({
    name: pairName(pair),
    need: named(pair.needCode).title,
    offer: named(pair.offerCode).title,
  });
  const others = <T>(list: readonly T[], one: T) => list.filter((other) => other !== one);
  return {
    out: without.map((pair) => ({
      ...pairOf(pair),
      href: planHref(place, { kept, without: others(without, pair) }),
    })),
    fixed: kept.map((pair) => ({
      ...pairOf(pair),
      quantity: pair.quantity,
      href: planHref(place, { kept: others(kept, pair), without }),
    })),
  };
}
