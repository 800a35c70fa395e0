import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { coordination } from "#app/claims/scope.server.ts";
import { plainCode } from "#app/posts/post.ts";

/** Who was asked so lately is not asked again by hand: one need must not wear a group out. */
export const PEACE_HOURS = 12;

/**
 * A coordinator has people asked about a need again, at once: those who were never asked and, as a new round, those who were asked
 * more than twelve hours ago. Everything else that keeps somebody from being asked holds. In a context with undo nobody is asked
 * before it is over.
 *
 * @returns false when the need's people were asked within twelve hours: nothing changes.
 * @throws Problem `not-found` when it is none of their groups' needs, `not-open` when nothing is left to promise.
 */
export async function askAgain(ctx: PersonCtx, { code }: { code: string }): Promise<boolean> {
  const { sql } = ctx.db;
  const { everywhere, groups } = coordination(ctx.person);
  const need = sql`p.code = ${plainCode(code)} and p.kind = 'need' and (${everywhere} or p.group_id = any(${groups}::uuid[]))`;
  const asked = await sql`
    with target as (
      select p.id, p.group_id from posts p where ${need} and p.claimable
    ), before as (
      select w.post_id, to_jsonb(w) as wave from waves w join target on target.id = w.post_id for update of w
    ), begun as (
      -- Reads what was before it changes it: a row this statement has changed can no longer be locked by it.
      insert into waves as w (post_id, next_at, round_at, updated_at)
      select id, ${ctx.holdUntil ?? ctx.now}::timestamptz, ${ctx.now}::timestamptz, ${ctx.now}::timestamptz from target left join before on before.post_id = target.id
      on conflict (post_id) do update set next_at = excluded.next_at, round_at = excluded.round_at, round_from = w.sent,
        updated_at = excluded.updated_at
      where w.updated_at <= ${ctx.now}::timestamptz - make_interval(hours => ${PEACE_HOURS})
      returning post_id
    )
    insert into events (type, group_id, post_id, actor_id, data, at, hold_until)
    select 'need.asked_again', target.group_id, target.id, ${ctx.person.id}::uuid,
      jsonb_build_object('before', before.wave), ${ctx.now}::timestamptz, ${ctx.holdUntil ?? null}::timestamptz
    from target join begun on begun.post_id = target.id left join before on before.post_id = target.id
    returning id`;
  if (asked.length > 0) return true;
  const [row] = await sql<{ claimable: boolean }[]>`select p.claimable from posts p where ${need}`;
  if (!row) throw new Problem("not-found");
  if (!row.claimable) throw new Problem("not-open");
  return false;
}
