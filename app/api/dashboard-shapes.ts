import { z } from "zod";
import { at } from "./fields.ts";
import { named } from "./shapes.ts";

const count = z.int().min(0);
const figures = {
  open: count,
  partly_covered: count,
  covered: count,
  oldest_waiting_since: at.nullable(),
  waiting: z
    .object({ under_4_hours: count, under_1_day: count, under_2_days: count, under_4_days: count, longer: count })
    .describe("Open and partly covered needs by how long they have waited"),
  asked: count.describe("Needs asked for in the period"),
  fulfilled: count,
  met: count.describe("Fulfilled, or met for now"),
  met_rate: z.number().min(0).max(1).nullable(),
  median_seconds_to_claim: z.number().min(0).nullable(),
  p90_seconds_to_claim: z.number().min(0).nullable(),
  median_seconds_to_met: z.number().min(0).nullable().describe("Until fulfilled or met for now; others are censored"),
  p90_seconds_to_met: z.number().min(0).nullable(),
  texts: z
    .object({ sent: count, delivered: count, failed: count, waiting: count })
    .describe("`sent` was handed to the carrier, whatever became of it; `waiting` is still ours to send"),
};
const figuresObject = z.object(figures);
export type FiguresShape = z.input<typeof figuresObject>;

const share = z.number().min(0).max(1).nullable();
const fairness = z
  .object({
    asks: count.describe("Asks for help with a need in the period"),
    people_asked: count,
    median_asks: z.number().min(0).nullable().describe("Of the people asked"),
    most_asks: count,
    gini: share.describe("Of asks over everybody asked or ready: 0 where all are asked alike"),
    ready: count.describe("People who can be asked now"),
    ready_never_asked: count,
    answered_rate: share,
    areas: z
      .array(
        z.object({
          place: z.string().nullable().describe("What most of its needs call it; null where they say no place"),
          needs: count,
          answered: count,
          answered_rate: share,
          gap: z.number().min(-1).max(1).nullable().describe("`answered_rate` less that of all areas together"),
          waiting: count.describe("Open and partly covered needs now"),
        }),
      )
      .describe("Squares of about 3 km, at most 50, the one that waits most first"),
    languages: z
      .array(z.object({ language: z.string(), needs: count, met: count, waiting: count }))
      .describe("By the language needs are written in"),
    speakers: z
      .array(z.object({ language: z.string(), people: count }))
      .describe("People who can be asked now, by the languages they speak"),
    asks_by_area: z
      .array(z.object({ name: z.string(), needs: count, people: z.int().min(1).describe("Who live there, roughly") }))
      .describe("Where coordinators said how many people live, those who ask least first"),
    matches_accepted: count.describe("Promises backed by an offer"),
    matches_dismissed: z
      .object({ busy: count, too_far: count, not_a_fit: count, conflict: count, other: count })
      .describe("Suggestions put aside, by why"),
  })
  .describe("How fairly help was asked for and given in the period, in all these groups together");
export type FairnessShape = z.input<typeof fairness>;

const times = z
  .object({ count, median_seconds: count.nullable(), p90_seconds: count.nullable() })
  .describe("Kaplan and Meier; those still waited for are censored. Null: not reached yet");
const report = z
  .object({
    weeks: z
      .array(
        z.object({
          week: z.string().describe("The Monday it begins on, at midnight UTC: 2026-11-23"),
          asked: count,
          met_in_7_days: count.nullable().describe("Null until 7 days have passed for the whole week"),
          met_in_14_days: count.nullable(),
        }),
      )
      .describe("The eight weeks up to the end of the period, the newest first; weeks without a need are left out"),
    promises: z
      .object({ confirmed: count, delivered: count, live: count, released: count, lapsed: count })
      .describe("What became of the promises on the needs of the period"),
    load: z
      .object({
        people: count,
        promises: count,
        median: count.nullable(),
        p90: count.nullable(),
        most: count.nullable(),
        busiest_tenth_share: share,
      })
      .describe("Live promises a person, as of now"),
    texts: z
      .object({ written: count, not_held_back: count, sent: count, delivered: count, segments: count })
      .describe("How far the texts of the period came; `segments` are billed"),
    first_word: times.describe("From asking until a person had a word with the author"),
    text_times: z
      .object({ until_sent: times, until_delivered: times })
      .describe("From when a text may go until it is handed over, and from then until it arrives"),
    stopped_texts: z
      .object({ people: count, came_back: count })
      .describe("People texted before who asked for no more texts in the period, and who of them let us again since"),
  })
  .describe("Weeks, promises, load and texts of all these groups together");
export type ReportShape = z.input<typeof report>;

export const Dashboard = named(
  "Dashboard",
  "The dashboard's figures, in total and for each group.",
  z.object({
    from: at,
    to: at,
    counted_at: at,
    total: figuresObject,
    fairness,
    report,
    groups: z.array(z.object({ slug: z.string(), name: z.string(), ...figures })),
  }),
);
