import type { Ctx } from "#app/core/ctx.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { readDays, type DayOf } from "./days/read-days.server.ts";
import { durationsOf } from "./days/unpack.ts";
import { AGES, type AgeCounts } from "./ages.ts";
import type { Dashboard, Figures, TextCounts } from "./figures.ts";
import { medianAndP90 } from "./kaplan-meier.ts";
import { groupsInView } from "./scope.server.ts";
import { readWaiting, type Waiting } from "./waiting.server.ts";

type Input = { groupId: string | null; from: Date; to: Date; locale?: Locale };
type Times = DayOf<"times">;
type Texts = { group_id: string; sent: number; delivered: number; failed: number; waiting: number };

/**
 * The figures of the coordinators' dashboard, of one group or of all that the person coordinates (admins: all).
 * What is open, covered and waiting is as of `ctx.now`; what was asked, met, claimed and texted is of the needs and
 * texts written from `from` (included) to `to` (not included), with what is known of them by `ctx.now`.
 *
 * @throws Problem sign-in-needed, not-allowed.
 */
export async function dashboardFigures(ctx: Ctx, { groupId, from, to, locale }: Input): Promise<Dashboard> {
  const groups = await groupsInView(ctx, groupId, locale);
  const ids = groups.map((group) => group.id);
  const [cohorts, now, texts] = await Promise.all([
    readDays(ctx, "times", ids, { from, to }),
    readWaiting(ctx, ids),
    readTexts(ctx, ids, from, to),
  ]);
  const of = <R extends { group_id: string }>(rows: readonly R[], id: string | null) =>
    id ? rows.filter((row) => row.group_id === id) : rows;
  const daysOf = (id: string | null) => (id ? cohorts.filter(({ groupId: its }) => its === id) : cohorts);
  const figures = (id: string | null): Figures => fold(ctx.now, daysOf(id), of(now, id), of(texts, id));
  return {
    from,
    to,
    countedAt: ctx.now,
    total: figures(null),
    groups: groups.map((group) => ({ ...group, ...figures(group.id) })),
  };
}

function fold(at: Date, cohorts: readonly Times[], now: readonly Waiting[], texts: readonly Texts[]): Figures {
  const asked = sum(cohorts, (row) => row.asked);
  const met = sum(cohorts, (row) => row.met);
  const toClaim = medianAndP90(
    durationsOf(cohorts, at, {
      happened: (day) => day.claimed,
      over: (day) => day.unclaimed,
      still: (day) => day.waiting,
    }),
  );
  const toMet = medianAndP90(
    durationsOf(cohorts, at, { happened: (day) => day.settled, over: (day) => day.ended, still: (day) => day.current }),
  );
  const oldest = now.flatMap((row) => row.oldest?.getTime() ?? []);
  return {
    open: sum(now, (row) => row.open),
    partlyCovered: sum(now, (row) => row.partly),
    covered: sum(now, (row) => row.covered),
    oldestWaitingSince: oldest.length > 0 ? new Date(Math.min(...oldest)) : null,
    ages: Object.fromEntries(AGES.map((age, step) => [age.id, sum(now, (row) => row.steps[step]!)])) as AgeCounts,
    asked,
    fulfilled: sum(cohorts, (row) => row.fulfilled),
    met,
    metRate: asked > 0 ? met / asked : null,
    medianSecondsToClaim: toClaim.median,
    p90SecondsToClaim: toClaim.p90,
    medianSecondsToMet: toMet.median,
    p90SecondsToMet: toMet.p90,
    texts: Object.fromEntries(
      (["sent", "delivered", "failed", "waiting"] as const).map((key) => [key, sum(texts, (row) => row[key])]),
    ) as TextCounts,
  };
}

const sum = <R>(rows: readonly R[], value: (row: R) => number): number =>
  rows.reduce((total, row) => total + value(row), 0);

/** By `outbox_group`. `uncertain` is ours still: it may have been sent, and is being looked up. */
const readTexts = (ctx: Ctx, ids: string[], from: Date, to: Date) => ctx.db.sql<Texts[]>`
  select group_id,
    (count(*) filter (where state in ('submitted', 'sent', 'delivered', 'undelivered', 'failed', 'unknown')))::int as sent,
    (count(*) filter (where state = 'delivered'))::int as delivered,
    (count(*) filter (where state in ('undelivered', 'failed', 'dead')))::int as failed,
    (count(*) filter (where state in ('queued', 'claimed', 'submitting', 'uncertain')))::int as waiting
  from outbox
  where group_id = any((select ${ids}::uuid[])::uuid[]) and created_at >= ${from}::timestamptz and created_at < ${to}::timestamptz
  group by group_id`;
