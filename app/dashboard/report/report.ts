import type { Cohort } from "./cohorts.ts";
import type { Kept, Load } from "./kept.ts";
import type { Times } from "./survival-tally.ts";
import type { TextFunnel } from "./text-funnel.ts";

/** Under this many needs a share is not set beside another: chance would decide who looks worse. */
export const FEW_TO_COMPARE = 10;

/** How long the texts of a period took. */
export type TextTimes = {
  /** From when a text might go until it was handed over; those still here count for as long as they have waited. */
  ours: Times;
  /** From handing over until the phone had it; those nothing was heard of, or that failed, count for as long as that took. */
  theirs: Times;
};

/** People these groups had texted who asked for no more texts in a period; `back`: of these, who has let us again since. */
export type Stops = { stopped: number; back: number };

/** What the dashboard says beside `Dashboard` and `Fairness`. */
export type Report = {
  cohorts: Cohort[];
  kept: Kept;
  load: Load;
  texts: TextFunnel;
  firstWord: Times;
  textTimes: TextTimes;
  stops: Stops;
};
