import { z } from "zod";
import { dashboardFigures } from "#app/dashboard/dashboard-figures.server.ts";
import { fairnessFigures } from "#app/dashboard/fairness.server.ts";
import { gapOf, type Fairness } from "#app/dashboard/fairness.ts";
import { dashboardReport } from "#app/dashboard/report/report.server.ts";
import type { Times } from "#app/dashboard/report/survival-tally.ts";
import type { Report } from "#app/dashboard/report/report.ts";
import type { Figures } from "#app/dashboard/figures.ts";
import { DISMISS_REASONS } from "#app/events/event.ts";
import { getGroup } from "#app/groups/queries.server.ts";
import { BadInput, or } from "./bad-input.ts";
import { dayOrMoment, slug } from "./fields.ts";
import { operation } from "./operation.ts";
import { Dashboard, type FairnessShape, type FiguresShape, type ReportShape } from "./dashboard-shapes.ts";

const DAY_MS = 86_400_000;
const USUAL_DAYS = 30;

const DashboardQuery = z
  .strictObject({
    group: slug.optional().describe("One group; all that the caller coordinates unless given"),
    from: dayOrMoment.optional().describe("Included; 30 days before `to` unless given"),
    to: dayOrMoment.optional().describe("Not included; now unless given"),
  })
  .refine(({ from, to }) => !from || !to || from < to, or("ends_first", ["to"]));

export const dashboardOperations = [
  operation({
    id: "getDashboard",
    method: "GET",
    path: "/dashboard",
    summary: "The figures of the dashboard page, for coordinators",
    description:
      "What is open, covered and waiting is as of now; what was asked, met, claimed and texted is of the period, with " +
      "what is known of it by now. Needs nobody claimed yet count as censored in the times to the first claim.",
    auth: "required",
    query: DashboardQuery,
    problems: ["not-allowed"],
    answers: { 200: Dashboard },
    async handle(ctx, { query }) {
      const to = query.to ?? ctx.now;
      const from = query.from ?? new Date(to.getTime() - USUAL_DAYS * DAY_MS);
      if (from >= to) throw new BadInput([{ parameter: "from", say: "ends_first" }]);
      const group = query.group ? await getGroup(ctx, query.group, ctx.locale, "uncounted") : null;
      if (query.group && !group) throw new BadInput([{ parameter: "group", say: "group" }]);
      const asked = { groupId: group?.id ?? null, from, to };
      const [found, fairness, report] = await Promise.all([
        dashboardFigures(ctx, { ...asked, locale: ctx.locale }),
        fairnessFigures(ctx, asked),
        dashboardReport(ctx, asked),
      ]);
      const body = {
        from: found.from.toISOString(),
        to: found.to.toISOString(),
        counted_at: found.countedAt.toISOString(),
        total: figuresJson(found.total),
        fairness: fairnessJson(fairness),
        report: reportJson(report),
        groups: found.groups.map(({ slug: name, name: title, ...figures }) => ({
          slug: name,
          name: title,
          ...figuresJson(figures),
        })),
      };
      return { status: 200, body };
    },
  }),
];

const figuresJson = (figures: Figures): FiguresShape => ({
  open: figures.open,
  partly_covered: figures.partlyCovered,
  covered: figures.covered,
  oldest_waiting_since: figures.oldestWaitingSince?.toISOString() ?? null,
  waiting: {
    under_4_hours: figures.ages.h4,
    under_1_day: figures.ages.d1,
    under_2_days: figures.ages.d2,
    under_4_days: figures.ages.d4,
    longer: figures.ages.more,
  },
  asked: figures.asked,
  fulfilled: figures.fulfilled,
  met: figures.met,
  met_rate: figures.metRate,
  median_seconds_to_claim: figures.medianSecondsToClaim,
  p90_seconds_to_claim: figures.p90SecondsToClaim,
  median_seconds_to_met: figures.medianSecondsToMet,
  p90_seconds_to_met: figures.p90SecondsToMet,
  texts: {
    sent: figures.texts.sent,
    delivered: figures.texts.delivered,
    failed: figures.texts.failed,
    waiting: figures.texts.waiting,
  },
});

const rateOf = ({ needs, answered }: { needs: number; answered: number }) => (needs > 0 ? answered / needs : null);

const fairnessJson = (fairness: Fairness): FairnessShape => ({
  asks: fairness.asks,
  people_asked: fairness.asked,
  median_asks: fairness.median,
  most_asks: fairness.most,
  gini: fairness.gini,
  ready: fairness.ready,
  ready_never_asked: fairness.neverAsked,
  answered_rate: rateOf(fairness.all),
  areas: fairness.areas.map((area) => ({
    place: area.place,
    needs: area.needs,
    answered: area.answered,
    answered_rate: rateOf(area),
    gap: gapOf(area, fairness.all),
    waiting: area.waiting,
  })),
  languages: fairness.languages.map(({ language, needs, met, waiting }) => ({ language, needs, met, waiting })),
  speakers: fairness.speakers,
  asks_by_area: fairness.askRates.map(({ name, needs, people }) => ({ name, needs, people })),
  matches_accepted: fairness.matches.accepted,
  matches_dismissed: Object.fromEntries(
    DISMISS_REASONS.map((reason) => [
      reason,
      fairness.matches.dismissed.find((one) => one.reason === reason)?.count ?? 0,
    ]),
  ) as FairnessShape["matches_dismissed"],
});

const timesJson = ({ of, median, p90 }: Times) => ({ count: of, median_seconds: median, p90_seconds: p90 });

const reportJson = ({ cohorts, kept, load, texts, firstWord, textTimes, stops }: Report): ReportShape => ({
  weeks: cohorts.map(({ week, asked, met7, met14 }) => ({ week, asked, met_in_7_days: met7, met_in_14_days: met14 })),
  promises: kept,
  load: {
    people: load.people,
    promises: load.promises,
    median: load.median,
    p90: load.p90,
    most: load.most,
    busiest_tenth_share: load.topShare,
  },
  texts: {
    written: texts.written,
    not_held_back: texts.ours,
    sent: texts.sent,
    delivered: texts.delivered,
    segments: texts.segments,
  },
  first_word: timesJson(firstWord),
  text_times: { until_sent: timesJson(textTimes.ours), until_delivered: timesJson(textTimes.theirs) },
  stopped_texts: { people: stops.stopped, came_back: stops.back },
});
