import type { Locale } from "#app/i18n/locales.ts";
import type { Text } from "#app/i18n/text.ts";
import { AGES, lateOf, type AgeCounts } from "../ages.ts";
import { areaName } from "../fairness-words.ts";
import type { Fairness } from "../fairness.ts";
import { TOO_FEW, type Figures } from "../figures.ts";
import { wilsonInterval } from "./interval.ts";
import { askingSheet, speedSheet, stopSheet, supplySheet } from "./reach-sheets.ts";
import { FEW_TO_COMPARE, type Report } from "./report.ts";
import type { Kind, Sheet, SheetId, Value } from "./sheet.ts";
import type { Share } from "./spread.ts";
import { dayWords, languageWords } from "./words.ts";

/** What the sheets are made of; the page has the same. */
export type Numbers = {
  report: Report;
  fairness: Pick<Fairness, "areas" | "languages" | "unmet" | "speakers" | "askRates">;
  ages: AgeCounts;
  groups: (Pick<Figures, "ages" | "open" | "partlyCovered" | "covered" | "asked" | "met" | "fulfilled" | "metRate"> &
    Pick<Figures, "medianSecondsToClaim" | "p90SecondsToClaim" | "medianSecondsToMet" | "p90SecondsToMet" | "texts"> & {
      name: string;
    })[];
};
type In = { t: Text; locale: Locale };

const columns = (kind: Kind, ...heads: string[]) => heads.map((head) => ({ head, kind }));
const share = (count: number, of: number): Value => (of > 0 ? count / of : null);

/** Every table of the dashboard by its id. PURE. */
export const SHEETS: Record<SheetId, (numbers: Numbers, say: In) => Sheet> = {
  groups: groupSheet,
  ages: ageSheet,
  cohorts: cohortSheet,
  unmet: unmetSheet,
  kept: keptSheet,
  load: loadSheet,
  texts: textSheet,
  failures: failureSheet,
  speed: speedSheet,
  stops: stopSheet,
  supply: supplySheet,
  asking: askingSheet,
  areas: areaSheet,
  languages: languageSheet,
};

function groupSheet({ groups }: Numbers, { t }: In): Sheet {
  return {
    id: "groups",
    title: t("dashboard.groups"),
    first: t("dashboard.group"),
    columns: [
      ...columns("count", t("dashboard.open"), t("dashboard.partly"), t("dashboard.covered"), t("figures.late")),
      ...columns("count", t("dashboard.asked"), t("dashboard.met"), t("dashboard.fulfilled")),
      ...columns("rate", t("figures.met_rate")),
      ...columns("span", t("dashboard.half"), t("dashboard.nine"), t("figures.met_half"), t("figures.met_nine")),
      ...columns("count", t("dashboard.sent"), t("dashboard.delivered"), t("dashboard.failed")),
    ],
    rows: groups.map((one) => {
      const few = one.asked < TOO_FEW ? t("dashboard.too_few") : null;
      const span = (seconds: number | null) => few ?? seconds ?? t("dashboard.not_yet");
      const now = [one.open, one.partlyCovered, one.covered, lateOf(one.ages)];
      const times = [one.medianSecondsToClaim, one.p90SecondsToClaim, one.medianSecondsToMet, one.p90SecondsToMet];
      const texts = [one.texts.sent, one.texts.delivered, one.texts.failed];
      const asked = [one.asked, one.met, one.fulfilled, few ?? one.metRate];
      return { name: one.name, values: [...now, ...asked, ...times.map(span), ...texts] };
    }),
  };
}

function ageSheet({ ages }: Numbers, { t }: In): Sheet {
  return {
    id: "ages",
    title: t("dashboard.ages"),
    first: t("dashboard.ages.waited"),
    columns: columns("count", t("dashboard.ages.needs")),
    rows: AGES.map(({ id }) => ({ name: t(`dashboard.age.${id}`), values: [ages[id]] })),
  };
}

function cohortSheet({ report }: Numbers, { t, locale }: In): Sheet {
  const early = t("figures.early");
  return {
    id: "cohorts",
    title: t("figures.cohorts"),
    first: t("figures.cohorts.begins"),
    columns: [
      ...columns("count", t("dashboard.asked")),
      ...columns("rate", t("figures.cohorts.met7"), t("figures.cohorts.met14")),
    ],
    rows: report.cohorts.map(({ week, asked, met7, met14 }) => {
      const rate = (met: number | null) =>
        met === null ? early : asked < TOO_FEW ? t("dashboard.too_few") : met / asked;
      return { name: dayWords(locale, week), values: [asked, rate(met7), rate(met14)] };
    }),
  };
}

function unmetSheet({ fairness: { unmet } }: Numbers, { t }: In): Sheet {
  return {
    id: "unmet",
    title: t("figures.unmet"),
    first: t("figures.unmet.category"),
    columns: unmet.areas.flatMap((area) => {
      const name = areaName(t, area);
      return columns("count", t("figures.unmet.missing", { area: name }), t("figures.unmet.asked", { area: name }));
    }),
    rows: unmet.rows.map(({ category, cells }) => ({
      name: category ?? t("figures.unmet.other"),
      values: cells.flatMap((cell) => [cell.unmet, cell.needs]),
    })),
  };
}

const KEPT = ["confirmed", "delivered", "live", "released", "lapsed"] as const;

function keptSheet({ report: { kept } }: Numbers, { t }: In): Sheet {
  const all = KEPT.reduce((sum, one) => sum + kept[one], 0);
  return {
    id: "kept",
    title: t("figures.kept"),
    first: t("figures.kept.what"),
    columns: [...columns("count", t("figures.promises")), ...columns("rate", t("dashboard.fair.share"))],
    rows: KEPT.map((one) => ({ name: t(`figures.kept.${one}`), values: [kept[one], share(kept[one], all)] })),
  };
}

function loadSheet({ report: { load } }: Numbers, { t }: In): Sheet {
  return {
    id: "load",
    title: t("figures.load"),
    first: t("figures.load.each"),
    columns: columns("count", t("figures.people")),
    rows: load.counts.map(({ live, people }) => ({ name: t("figures.load.row", { n: live }), values: [people] })),
  };
}

const STEPS = ["written", "ours", "sent", "delivered"] as const;

function textSheet({ report: { texts } }: Numbers, { t }: In): Sheet {
  return {
    id: "texts",
    title: t("figures.texts"),
    first: t("figures.texts.step"),
    columns: [...columns("count", t("figures.texts.count")), ...columns("rate", t("dashboard.fair.share"))],
    rows: STEPS.map((step) => ({
      name: t(`figures.texts.${step}`),
      values: [texts[step], share(texts[step], texts.written)],
    })),
  };
}

function failureSheet({ report: { texts } }: Numbers, { t }: In): Sheet {
  return {
    id: "failures",
    title: t("figures.failures"),
    first: t("dashboard.undelivered.why"),
    columns: columns("count", t("figures.texts.count")),
    rows: texts.failures.map(({ why, count }) => ({ name: t(`dashboard.why.${why}`), values: [count] })),
  };
}

function areaSheet({ fairness }: Numbers, { t }: In): Sheet {
  const rows = fairness.areas.map((area) => ({ name: areaName(t, area), values: shareValues(t, area) }));
  return { id: "areas", title: t("figures.areas"), first: t("dashboard.fair.area"), columns: shareColumns(t), rows };
}

function languageSheet({ fairness }: Numbers, { t, locale }: In): Sheet {
  const rows = fairness.languages.map((one) => ({
    name: languageWords(locale, one.language),
    values: shareValues(t, one),
  }));
  return {
    id: "languages",
    title: t("figures.languages"),
    first: t("figures.language"),
    columns: shareColumns(t),
    rows,
  };
}

const shareColumns = (t: Text) => [
  ...columns("count", t("dashboard.asked"), t("dashboard.fair.waiting")),
  ...columns("rate", t("figures.met_rate"), t("figures.low"), t("figures.high"), t("figures.promised_rate")),
  ...columns("span", t("dashboard.half"), t("dashboard.nine")),
];

function shareValues(t: Text, one: Share): Value[] {
  const counts = [one.needs, one.waiting];
  if (one.needs < FEW_TO_COMPARE) return [...counts, ...Array.from({ length: 6 }, () => t("dashboard.too_few"))];
  const { low, high } = wilsonInterval(one.met, one.needs);
  const span = (seconds: number | null) => seconds ?? t("dashboard.not_yet");
  const rates = [one.met / one.needs, low, high, one.answered / one.needs];
  return [...counts, ...rates, span(one.medianSecondsToClaim), span(one.p90SecondsToClaim)];
}
