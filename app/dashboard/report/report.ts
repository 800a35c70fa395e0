import type { Cohort } from "./cohorts.ts";
import type { Kept, Load } from "./kept.ts";
import type { TextFunnel } from "./text-funnel.ts";

/** Under this many needs a share is not set beside another: chance would decide who looks worse. */
export const FEW_TO_COMPARE = 10;

/** What the dashboard says beside `Dashboard` and `Fairness`. */
export type Report = { cohorts: Cohort[]; kept: Kept; load: Load; texts: TextFunnel };
