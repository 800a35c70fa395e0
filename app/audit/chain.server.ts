import type { Ctx } from "#app/core/ctx.ts";

const MOST = 500;
/** One worker at a time; an arbitrary number that means this job. */
const TURN = 7_301_140;
/** What the first row's hash stands on. */
const START = "manyhands";

/**
 * The worker's job: moves what triggers wrote down into the chain, in one statement, each row hashed with the one before (RFC 9162 §2
 * keeps logs in a tree for the same reason; one line is enough for one writer). Safe to repeat. @returns how many rows.
 */
export async function chainAudit({ db: { sql } }: Ctx): Promise<number> {
  const rows = await sql`
    with recursive turn as materialized (select pg_try_advisory_xact_lock(${TURN}::bigint) as mine),
    last as materialized (select n, hash from audit_log order by n desc limit 1),
    taken as (
      delete from audit_inbox where id = any(array(
        select id from audit_inbox where (select mine from turn) order by id limit ${MOST}))
      returning *
    ), ranked as materialized (select t.*, row_number() over (order by t.id) as step from taken t),
    chain as (
      select 0::bigint as step, coalesce((select n from last), 0)::bigint as n, coalesce((select hash from last), ${START}) as hash
      union all
      select r.step, c.n + 1, audit_hash(c.hash, c.n + 1, r.at, r.what, r.actor_id, r.group_id, r.post_id, r.subject_id, r.detail)
      from chain c join ranked r on r.step = c.step + 1
    )
    insert into audit_log (n, at, what, actor_id, group_id, post_id, subject_id, detail, hash)
    select c.n, r.at, r.what, r.actor_id, r.group_id, r.post_id, r.subject_id, r.detail, c.hash
    from chain c join ranked r on r.step = c.step
    returning n`;
  return rows.length;
}

/** The last row there is: kept elsewhere, it shows when the end was cut off. */
export type Head = { n: number; hash: string };

export async function auditHead({ db: { sql } }: Ctx): Promise<Head> {
  const [row] = await sql<{ n: string; hash: string }[]>`select n, hash from audit_log order by n desc limit 1`;
  return row ? { n: Number(row.n), hash: row.hash } : { n: 0, hash: START };
}

/** `bad`: the first row that is not as it was written, or is missing, and how one knows. */
export type Verdict = { rows: number; head: Head; bad: { n: number; why: "changed" | "missing" | "cut off" } | null };

/**
 * Works every hash out again, from the first row on.
 *
 * @param kept a head that was noted down earlier: that row must be there still, with that hash.
 */
export async function verifyAudit(ctx: Ctx, kept: Head | null = null): Promise<Verdict> {
  const { sql } = ctx.db;
  const [bad] = await sql<{ n: string; why: "changed" | "missing" }[]>`
    select n, case when n <> expected then 'missing' else 'changed' end as why from (
      select l.n, row_number() over (order by l.n) as expected, l.hash,
        audit_hash(coalesce(lag(l.hash) over (order by l.n), ${START}), l.n, l.at, l.what, l.actor_id, l.group_id, l.post_id,
          l.subject_id, l.detail) as right_hash
      from audit_log l) checked
    where n <> expected or hash <> right_hash order by n limit 1`;
  const head = await auditHead(ctx);
  if (bad)
    return { rows: head.n, head, bad: { n: bad.why === "missing" ? Number(bad.n) - 1 : Number(bad.n), why: bad.why } };
  if (kept && kept.n > 0) {
    const [row] = await sql<{ hash: string }[]>`select hash from audit_log where n = ${kept.n}::bigint`;
    if (!row) return { rows: head.n, head, bad: { n: head.n + 1, why: "cut off" } };
    if (row.hash !== kept.hash) return { rows: head.n, head, bad: { n: kept.n, why: "changed" } };
  }
  return { rows: head.n, head, bad: null };
}
