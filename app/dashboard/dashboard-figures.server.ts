import type { Ctx } from "#app/core/ctx.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { AGES, type AgeCounts } from "./ages.ts";
import type { Dashboard, Figures, TextCounts } from "./figures.ts";
import { medianAndP90 } from "./kaplan-meier.ts";
import { groupsInView } from "./scope.server.ts";
import { readWaiting, type Waiting } from "./waiting.server.ts";

type Input = { groupId: string | null; from: Date; to: Date; locale?: Locale };
type Cohort = {
  group_id: string;
  asked: number;
  fulfilled: number;
  met: number;
  claimed: number[];
  unclaimed: number[];
  settled: number[];
  unsettled: number[];
};
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
    readCohorts(ctx, ids, from, to),
    readWaiting(ctx, ids),
    readTexts(ctx, ids, from, to),
  ]);
  const of = <R extends { group_id: string }>(rows: readonly R[], id: string | null) =>
    id ? rows.filter((row) => row.group_id === id) : rows;
  const figures = (id: string | null): Figures => fold(of(cohorts, id), of(now, id), of(texts, id));
  return {
    from,
    to,
    countedAt: ctx.now,
    total: figures(null),
    groups: groups.map((group) => ({ ...group, ...figures(group.id) })),
  };
}

function fold(cohorts: readonly Cohort[], now: readonly Waiting[], texts: readonly Texts[]): Figures {
  const asked = sum(cohorts, (row) => row.asked);
  const met = sum(cohorts, (row) => row.met);
  const toClaim = medianAndP90({
    happened: cohorts.flatMap((row) => row.claimed),
    waiting: cohorts.flatMap((row) => row.unclaimed),
  });
  const toMet = medianAndP90({
    happened: cohorts.flatMap((row) => row.settled),
    waiting: cohorts.flatMap((row) => row.unsettled),
  });
  const oldest = now.flatMap((row) => row.oldest?.getTime() ?? []);
  return {
    open: sum(now, (row) => row.open),
    partlyCovered: sum(now, (row) => row.partly),
    covered: sum(now, (row) => row.covered),
    oldestWaitingSince: oldest.length > 0 ? new Date(Math.min(...oldest)) : null,
    ages: Object.fromEntries(AGES.map((age, at) => [age.id, sum(now, (row) => row.steps[at]!)])) as AgeCounts,
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

/** Served by `posts_covering` alone: no row of the table is read where its page is known to be all visible. */
const readCohorts = (ctx: Ctx, ids: string[], from: Date, to: Date) => ctx.db.sql<Cohort[]>`
  select group_id, count(*)::int as asked,
    (count(*) filter (where status = 'closed' and closed_reason = 'fulfilled'))::int as fulfilled,
    (count(*) filter (where status = 'closed' and closed_reason in ('fulfilled', 'met_for_now')))::int as met,
    coalesce(array_agg(greatest(0, floor(extract(epoch from first_claimed_at - created_at)))::int)
      filter (where first_claimed_at is not null), '{}') as claimed,
    coalesce(array_agg(greatest(0, floor(extract(epoch from
      case when status = 'closed' then closed_at else ${ctx.now}::timestamptz end - created_at)))::int)
      filter (where first_claimed_at is null), '{}') as unclaimed,
    coalesce(array_agg(greatest(0, floor(extract(epoch from closed_at - created_at)))::int)
      filter (where status = 'closed' and closed_reason in ('fulfilled', 'met_for_now')), '{}') as settled,
    coalesce(array_agg(greatest(0, floor(extract(epoch from
      case when status = 'closed' then closed_at else ${ctx.now}::timestamptz end - created_at)))::int)
      filter (where status <> 'closed' or closed_reason not in ('fulfilled', 'met_for_now')), '{}') as unsettled
  from posts
  where group_id = any(${ids}::uuid[]) and created_at >= ${from}::timestamptz and created_at < ${to}::timestamptz
    and kind = 'need' and closed_reason is distinct from 'declined'
  group by group_id`;

/** By `outbox_group`. `uncertain` is ours still: it may have been sent, and is being looked up. */
const readTexts = (ctx: Ctx, ids: string[], from: Date, to: Date) => ctx.db.sql<Texts[]>`
  select group_id,
    (count(*) filter (where state in ('submitted', 'sent', 'delivered', 'undelivered', 'failed', 'unknown')))::int as sent,
    (count(*) filter (where state = 'delivered'))::int as delivered,
    (count(*) filter (where state in ('undelivered', 'failed', 'dead')))::int as failed,
    (count(*) filter (where state in ('queued', 'claimed', 'submitting', 'uncertain')))::int as waiting
  from outbox
  where group_id = any(${ids}::uuid[]) and created_at >= ${from}::timestamptz and created_at < ${to}::timestamptz
  group by group_id`;
