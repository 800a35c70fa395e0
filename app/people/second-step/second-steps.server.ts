import type { PendingQuery, Row } from "postgres";
import type { Ctx, PersonCtx } from "#app/core/ctx.ts";
import type { SecondStepKind } from "#app/events/event.ts";

type Fragment = PendingQuery<Row[]>;

/**
 * Whether a code by text is not enough for a person, as a condition. Codes on paper alone are none: they are for when the rest is gone.
 *
 * @param personId SQL that names its table: a bare `person_id` would be that of the second step itself.
 */
export const hasSecondStep = ({ db: { sql } }: Pick<Ctx, "db">, personId: Fragment): Fragment =>
  sql`exists (select from second_steps t where t.person_id = ${personId} and t.kind <> 'paper')`;

/** One thing that proves who I am, as I see it. */
export type SecondStepView = {
  id: string;
  kind: SecondStepKind;
  device: string;
  createdAt: Date;
  usedOn: string | null;
};

/** What I have, the oldest first, and how many codes on paper are left. */
export async function listSecondSteps(ctx: PersonCtx): Promise<{ steps: SecondStepView[]; paper: number }> {
  const rows = await ctx.db.sql<SecondStepView[]>`
    select id, kind, device, created_at as "createdAt", used_on::text as "usedOn" from second_steps
    where person_id = ${ctx.person.id}::uuid order by created_at, id`;
  const steps = rows.filter(({ kind }) => kind !== "paper");
  return { steps, paper: rows.length - steps.length };
}

/** Whether I have one. */
export async function haveSecondStep(ctx: PersonCtx): Promise<boolean> {
  const { sql } = ctx.db;
  const [row] = await sql<{ has: boolean }[]>`select ${hasSecondStep(ctx, sql`${ctx.person.id}::uuid`)} as has`;
  return row!.has;
}

/** Takes one away; with the last one the codes on paper go too. Safe to repeat. */
export async function removeSecondStep(ctx: PersonCtx, { id }: { id: string }): Promise<void> {
  await ctx.db.sql`
    with gone as (
      delete from second_steps where id = ${id} and person_id = ${ctx.person.id}::uuid and kind <> 'paper' returning person_id, kind
    ), paper_gone as (
      delete from second_steps t using gone where t.person_id = gone.person_id and t.kind = 'paper'
        and not exists (select from second_steps o where o.person_id = gone.person_id and o.kind <> 'paper' and o.id <> ${id})
    )
    insert into events (type, actor_id, data, at)
    select 'second_step.removed', person_id, jsonb_build_object('personId', person_id, 'kind', kind), ${ctx.now}::timestamptz from gone`;
}

/** Somebody lost everything: whoever runs the installation, or an admin, lets them in by text again. @returns whether there was anything. */
export async function resetSecondSteps(ctx: Ctx, personId: string): Promise<boolean> {
  const gone = await ctx.db.sql`
    with gone as (delete from second_steps where person_id = ${personId}::uuid returning person_id)
    insert into events (type, actor_id, data, at)
    select 'second_step.removed', ${ctx.person?.id ?? null}::uuid, jsonb_build_object('personId', person_id, 'kind', 'all'),
      ${ctx.now}::timestamptz from (select distinct person_id from gone) who
    returning 1`;
  return gone.length > 0;
}
