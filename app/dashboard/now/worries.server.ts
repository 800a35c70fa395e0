import type { PendingQuery, Row } from "postgres";
import type { PersonCtx } from "#app/core/ctx.ts";
import { findFitting } from "./fitting.server.ts";
import { PEACE_HOURS } from "#app/waves/ask-again.server.ts";
import { inTheirHands, threadsWithPeople } from "#app/messages/scope.server.ts";
import { hideInName } from "#app/people/hiding/hide.ts";
import { openName } from "#app/people/person.server.ts";
import { openCounts } from "#app/tallies/open-counts.server.ts";
import { LATE_SECONDS } from "../ages.ts";
import { SOON_SECONDS } from "../promises.ts";
import type { GroupInView } from "../scope.server.ts";
import { whyOf } from "../why-undelivered.ts";
import { LINES, NOW_ACTS, WORRIES, type NowLine, type Worry, type WorryList } from "./now.ts";

type Found = {
  key: string;
  code: string | null;
  claim: string | null;
  title: string | null;
  person_id: string | null;
  name_sealed: string | null;
  group_id: string | null;
  at: Date;
  done: Date | null;
  why: string | null;
  total: number;
  revision?: number;
};
type Fragment = PendingQuery<Row[]>;

/** Texts and closings of so many days are still worth a word. */
const LATELY_DAYS = 7;
/** Of each kind the first so many are looked for offers that fit. */
const MATCHED = 20;
/** Shown up to here as a number; more is "500 and more", and counting on would not help anybody. */
export const COUNTED = 500;

/**
 * Everything of these groups that needs somebody, kinds without any left out. The groups must come from `groupsInView`.
 *
 * @param only this kind alone, with all its lines: what is behind its number.
 */
export async function worriesOf(
  ctx: PersonCtx,
  groups: readonly GroupInView[],
  only: Worry | null = null,
): Promise<WorryList[]> {
  const ids = groups.map(({ id }) => id);
  const lists = await Promise.all(
    (only ? [only] : WORRIES).map(async (worry) => {
      const rows = await read(ctx, WHICH[worry](ctx, ids), worry, only ? COUNTED : LINES);
      return { worry, total: rows[0]?.total ?? 0, lines: rows.map((row) => lineOf(ctx, row, groups)) };
    }),
  );
  const some = lists.filter(({ lines }) => lines.length > 0);
  const fitting = await findFitting(
    ctx,
    some
      .filter(({ worry }) => NOW_ACTS[worry] === "ask")
      .flatMap(({ lines }) => lines.slice(0, MATCHED).map(({ key }) => key)),
  );
  return some.map((list) => ({ ...list, lines: list.lines.map((line) => ({ ...line, fits: fitting.has(line.key) })) }));
}

/** The first of a kind with how many there are, counted to an end. */
const read = (ctx: PersonCtx, which: Fragment, worry: Worry, lines: number) => {
  const { sql } = ctx.db;
  const newestFirst = worry === "undelivered" || worry === "gave_up";
  return sql<Found[]>`
    with found as materialized (${which} limit ${COUNTED})
    select f.*, who.id as person_id, who.name_sealed, (select count(*) from found)::int as total
    from (select * from found order by at ${newestFirst ? sql`desc` : sql``}, key limit ${lines}) f
      left join people who on who.id = f.who
    order by f.at ${newestFirst ? sql`desc` : sql``}, f.key`;
};

function lineOf(ctx: PersonCtx, row: Found, groups: readonly GroupInView[]): NowLine {
  const since = (at: Date) => Math.floor(Math.abs(ctx.now.getTime() - at.getTime()) / 1000);
  return {
    key: row.key,
    code: row.code,
    claim: row.claim,
    title: row.title ?? "",
    who: row.person_id && hideInName(openName(ctx.seal, { id: row.person_id, name_sealed: row.name_sealed })),
    group: groups.find(({ id }) => id === row.group_id)?.name ?? "",
    seconds: since(row.at),
    why: row.why === null ? null : whyOf(row.why),
    done: row.done && since(row.done),
    revision: row.revision ?? null,
    rests: row.done !== null && since(row.done) < PEACE_HOURS * 3600,
    fits: false,
  };
}

/** For each kind the rows it is about: `key, code, claim, title, who, group_id, at, done, why`. */
const WHICH: Record<Worry, (ctx: PersonCtx, groups: string[]) => Fragment> = {
  waiting: ({ db: { sql }, now }, groups) => sql`
    select p.id::text as key, p.code, null::uuid as claim, p.title, null::uuid as who, p.group_id, p.created_at as at,
      w.updated_at as done, null as why
    from posts p left join waves w on w.post_id = p.id
    where p.group_id = any(${groups}::uuid[]) and p.kind = 'need' and p.claimable
      and p.created_at <= ${now}::timestamptz - make_interval(secs => ${LATE_SECONDS})
    order by p.created_at, p.id`,
  unread: (ctx, groups) => ctx.db.sql`
    select t.id::text as key, null::text as code, null::uuid as claim, null::text as title, p.id as who, t.group_id,
      t.unread_since as at, null::timestamptz as done, null as why
    from ${threadsWithPeople(ctx)}
    where t.unread_since is not null and ${inTheirHands(ctx)}
      and (t.group_id is null or t.group_id = any(${groups}::uuid[]))
    order by t.unread_since, t.id`,
  late: (ctx, groups) => promises(ctx, groups, ctx.db.sql`k.due_at < ${ctx.now}::timestamptz`),
  soon: (ctx, groups) =>
    promises(
      ctx,
      groups,
      ctx.db.sql`k.status = 'promised' and k.due_at >= ${ctx.now}::timestamptz
        and k.due_at <= ${ctx.now}::timestamptz + make_interval(secs => ${SOON_SECONDS})`,
    ),
  silent: (ctx, groups) =>
    promises(
      ctx,
      groups,
      ctx.db.sql`k.status = 'promised' and p.remaining = 0
        and k.due_at > ${ctx.now}::timestamptz + make_interval(secs => ${SOON_SECONDS})
        and ${ctx.now}::timestamptz > greatest(k.updated_at, k.nudged_at) + (k.due_at - greatest(k.updated_at, k.nudged_at)) / 2`,
    ),
  nobody: ({ db: { sql }, now }, groups) => sql`
    select p.id::text as key, p.code, null::uuid as claim, p.title, null::uuid as who, p.group_id, p.created_at as at,
      w.updated_at as done, null as why
    from waves w join posts p on p.id = w.post_id
    where w.next_at is null and p.claimable and p.kind = 'need' and p.group_id = any(${groups}::uuid[])
      and p.created_at > ${now}::timestamptz - make_interval(secs => ${LATE_SECONDS})
    order by p.created_at, p.id`,
  review: ({ db: { sql } }, groups) => sql`
    select p.id::text as key, p.code, null::uuid as claim, p.title, null::uuid as who, p.group_id, p.created_at as at,
      null::timestamptz as done, null as why, p.revision
    from posts p where p.status = 'in_review' and not 'blocked' = any(p.concerns) and p.group_id = any(${groups}::uuid[]) order by p.created_at, p.id`,
  undelivered: ({ db: { sql }, now }, groups) => sql`
    select o.id::text as key, p.code, null::uuid as claim, p.title, o.person_id as who, o.group_id, o.created_at as at,
      null::timestamptz as done, coalesce(o.error_code, '') as why
    from outbox o left join events e on e.id = o.event_id left join posts p on p.id = e.post_id
    where o.group_id = any(${groups}::uuid[]) and o.created_at > ${now}::timestamptz - make_interval(days => ${LATELY_DAYS})
      and o.state in ('undelivered', 'failed', 'dead')
    order by o.created_at desc`,
  gave_up: ({ db: { sql }, now }, groups) => sql`
    select p.id::text as key, p.code, null::uuid as claim, p.title, null::uuid as who, p.group_id, p.closed_at as at,
      null::timestamptz as done, null as why
    from posts p
    where p.group_id = any(${groups}::uuid[]) and p.kind = 'need' and p.status = 'closed' and p.closed_reason in ('withdrawn', 'expired')
      and p.first_claimed_at is null and p.closed_at > ${now}::timestamptz - make_interval(days => ${LATELY_DAYS})
      and p.created_at > ${now}::timestamptz - interval '60 days'
    order by p.closed_at desc`,
  watched: ({ db: { sql } }, groups) => sql`
    select p.id::text as key, p.code, null::uuid as claim, p.title, null::uuid as who, w.group_id, w.created_at as at,
      null::timestamptz as done, null as why
    from post_watchers w join posts p on p.id = w.post_id
    where w.group_id = any(${groups}::uuid[]) and p.group_id <> w.group_id and p.status <> 'closed'
    order by w.created_at`,
};

function promises({ db: { sql } }: PersonCtx, groups: string[], which: Fragment): Fragment {
  return sql`
    select k.id::text as key, p.code, k.id as claim, p.title, k.person_id as who, p.group_id, k.due_at as at, k.nudged_at as done, null as why
    from claims k join posts p on p.id = k.post_id
    where k.status in ('promised', 'on_the_way') and p.status = 'open' and p.group_id = any(${groups}::uuid[]) and ${which}
    order by k.due_at, k.id`;
}

/** How many needs of these groups still miss something. */
export async function openNeeds(ctx: PersonCtx, groups: readonly GroupInView[]): Promise<number> {
  const counts = await openCounts(
    ctx,
    groups.map(({ id }) => id),
  );
  return counts.filter(({ kind }) => kind === "need").reduce((sum, { open, partly }) => sum + open + partly, 0);
}
