import type { Locale } from "#app/i18n/locales.ts";
import type { Text } from "#app/i18n/text.ts";
import { daysLater, shortDayName } from "./plan-day.ts";
import { pairName, planHref, type PlanWishes } from "./plan-query.ts";

const SHOWN_DAYS = 7;

/** The next days to choose from, the first called today. */
export const dayChoices = (t: Text, locale: Locale, today: string, group: string) =>
  Array.from({ length: SHOWN_DAYS }, (_, n) => {
    const day = daysLater(today, n);
    const words = [t("matching.plan.today"), t("matching.plan.tomorrow")][n] ?? shortDayName(locale, day);
    return { day, text: words, href: planHref({ group, day }) };
  });

/** What was taken out, each with the address of the plan that has it again. */
export const outChoices = (place: { group: string; day: string }, { kept, without }: PlanWishes) =>
  without.map((pair) => ({
    name: pairName(pair),
    need: pair.needCode,
    offer: pair.offerCode,
    href: planHref(place, { kept, without: without.filter((other) => other !== pair) }),
  }));
