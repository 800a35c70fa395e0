import type { Text } from "#app/i18n/text.ts";
import type { Locale } from "#app/i18n/locales.ts";
import type { Fairness } from "../fairness.ts";
import { TOO_FEW } from "../figures.ts";
import { perThousand } from "./area-people.ts";
import type { Report } from "./report.ts";
import type { Kind, Sheet, Value } from "./sheet.ts";
import type { Times } from "./survival-tally.ts";
import { languageWords } from "./words.ts";

type In = { t: Text; locale: Locale };
const columns = (kind: Kind, ...heads: string[]) => heads.map((head) => ({ head, kind }));

/** How fast texts go, and how soon somebody has a word with who asked. */
export function speedSheet({ report }: { report: Report }, { t }: In): Sheet {
  const values = ({ of, median, p90 }: Times): Value[] =>
    of < TOO_FEW
      ? [of, t("dashboard.too_few"), t("dashboard.too_few")]
      : [of, median ?? t("dashboard.not_yet"), p90 ?? t("dashboard.not_yet")];
  return {
    id: "speed",
    title: t("reach.speed"),
    first: t("reach.speed.step"),
    columns: [...columns("count", t("figures.texts.count")), ...columns("span", t("reach.half"), t("reach.nine"))],
    rows: [
      { name: t("reach.speed.ours"), values: values(report.textTimes.ours) },
      { name: t("reach.speed.theirs"), values: values(report.textTimes.theirs) },
    ],
  };
}

export function stopSheet({ report: { stops } }: { report: Report }, { t }: In): Sheet {
  return {
    id: "stops",
    title: t("reach.stops"),
    first: t("reach.stops.what"),
    columns: columns("count", t("figures.people")),
    rows: [
      { name: t("reach.stops.out"), values: [stops.stopped] },
      { name: t("reach.stops.back"), values: [stops.back] },
    ],
  };
}

/** A language, what is asked for in it, and who speaks it. */
export type Supply = { language: string; needs: number; waiting: number; people: number };

/** Languages needs of the period are written in or somebody who can be asked speaks, most needs first. PURE. */
export function supplyOf({ languages, speakers }: Pick<Fairness, "languages" | "speakers">): Supply[] {
  const people = new Map(speakers.map((one) => [one.language, one.people]));
  const asked = new Set(languages.map(({ language }) => language));
  const unasked = speakers
    .filter(({ language }) => !asked.has(language))
    .map((one) => ({ ...one, needs: 0, waiting: 0 }));
  return [
    ...languages.map(({ language, needs, waiting }) => ({
      language,
      needs,
      waiting,
      people: people.get(language) ?? 0,
    })),
    ...unasked,
  ].toSorted((a, b) => b.needs - a.needs || b.people - a.people || (a.language < b.language ? -1 : 1));
}

export function supplySheet(
  { fairness }: { fairness: Pick<Fairness, "languages" | "speakers"> },
  { t, locale }: In,
): Sheet {
  return {
    id: "supply",
    title: t("reach.supply"),
    first: t("figures.language"),
    columns: columns("count", t("dashboard.asked"), t("dashboard.fair.waiting"), t("reach.supply.people")),
    rows: supplyOf(fairness).map(({ language, needs, waiting, people }) => ({
      name: languageWords(locale, language),
      values: [needs, waiting, people],
    })),
  };
}

export function askingSheet({ fairness }: { fairness: Pick<Fairness, "askRates"> }, { t }: In): Sheet {
  return {
    id: "asking",
    title: t("reach.asking"),
    first: t("dashboard.fair.area"),
    columns: columns("count", t("dashboard.asked"), t("reach.asking.people"), t("reach.asking.rate")),
    rows: fairness.askRates.map((one) => ({
      name: one.name,
      values: [one.needs, one.people, Math.round(perThousand(one) * 10) / 10],
    })),
  };
}
