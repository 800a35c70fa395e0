import type { PersonCtx } from "#app/core/ctx.ts";
import { hashToken, newId } from "#app/core/ids.server.ts";
import { Problem } from "#app/core/problems.ts";
import { openPhone } from "./person.server.ts";
import { hasSecondStep } from "./second-step/second-steps.server.ts";
import { isSignInCode } from "./sign-in-code.server.ts";
import { spendCode } from "./spend-code.server.ts";
import { isUuid } from "./uuid.ts";

/** So long whoever holds the old number can take it back. */
export const TAKE_BACK_HOURS = 24;

type Row = { id: string; phone_sealed: string | null; phone_lookup: string | null };
type Numbered = { id: string; phone: string; lookup: string };

/**
 * Gives the asker the number that a code went to. Their old number goes to a new person with nothing, who is told of it and can take it
 * back for a day (`takeNumberBack`). Blocks follow to the new number, other browsers are signed out.
 *
 * The row that asking for a code made for the new number gives it up, the asker takes it, and only then is the old one free: each of the
 * three takes its rows from the one before, which is the order in which PostgreSQL looks at what is unique.
 *
 * @param input `token`: of the session that stays.
 * @returns `taken` where somebody with that number is here already: they posted, promised, belong to a group, or have a second step.
 * @throws Problem `invalid-code`.
 */
export async function changeNumber(
  ctx: PersonCtx,
  input: { challengeId: string; code: string; token: string },
): Promise<"changed" | "taken"> {
  const { sql } = ctx.db;
  const { mine, theirs } = await readBoth(ctx, input.challengeId);
  const right = isSignInCode(ctx.seal, input.challengeId, input.code);
  const keptId = newId(ctx.now);
  const now = sql`${ctx.now}::timestamptz`;
  const sealed = (phone: string, row: string) => ctx.seal.seal(phone, { table: "people", column: "phone_sealed", row });
  const [row] = await sql<{ right: boolean; moved: boolean }[]>`
    with attempt as (${spendCode(ctx, { ...input, right, of: sql`c.person_id = ${theirs.id}::uuid` })}),
    empty as (
      select p.id from people p join attempt on p.id = attempt.person_id
      where ${right}::boolean and p.phone_lookup = ${theirs.lookup} and p.vouched_at is null and not p.is_admin
        and not exists (select from posts x where x.author_id = p.id)
        and not exists (select from claims x where x.person_id = p.id)
        and not exists (select from memberships x where x.person_id = p.id)
        and not ${hasSecondStep(ctx, sql`p.id`)}
    ), given_up as (
      update people p set phone_lookup = null, phone_sealed = null from empty where p.id = empty.id returning p.id
    ), moved as (
      update people p set phone_lookup = ${theirs.lookup}, phone_sealed = ${sealed(theirs.phone, mine.id)}, verified_at = ${now}
      from given_up where p.id = ${mine.id}::uuid and p.phone_lookup = ${mine.lookup}
      returning p.id, p.locale, p.time_zone, p.discreet
    ), kept as (
      insert into people (id, phone_sealed, phone_lookup, locale, time_zone, discreet, created_at)
      select ${keptId}::uuid, ${sealed(mine.phone, keptId)}, ${mine.lookup}, locale, time_zone, discreet, ${now} from moved
      returning id
    ), change as (
      insert into number_changes (id, person_id, kept_id, at) select ${newId(ctx.now)}::uuid, ${mine.id}::uuid, id, ${now} from kept
    ), blocks as (
      insert into blocked_phones (phone_lookup, scope, blocked_by, created_at)
      select ${theirs.lookup}, b.scope, b.blocked_by, ${now} from blocked_phones b, moved where b.phone_lookup = ${mine.lookup}
      on conflict do nothing
    ), signed_out as (
      update sessions s set revoked_at = ${now}
      from (select id from moved union all select id from given_up) gone
      where s.person_id = gone.id and s.revoked_at is null and s.token_hash <> ${hashToken(input.token)}
    ), happened as (
      insert into events (type, actor_id, data, at)
      select 'person.number_changed', ${mine.id}::uuid, jsonb_build_object('personId', id), ${now} from kept
    )
    select exists (select from attempt) and ${right}::boolean as right, exists (select from moved) as moved`;
  if (!row?.right) throw new Problem("invalid-code");
  return row.moved ? "changed" : "taken";
}

/** The asker, and whoever stands for the number that the code went to. */
async function readBoth(ctx: PersonCtx, challengeId: string): Promise<{ mine: Numbered; theirs: Numbered }> {
  const rows = isUuid(challengeId)
    ? await ctx.db.sql<Row[]>`
        select id, phone_sealed, phone_lookup from people p where p.id = ${ctx.person.id}::uuid
          or p.id = (select c.person_id from sign_in_codes c where c.id = ${challengeId}::uuid)`
    : [];
  const numbered = rows.flatMap((row): Numbered[] => {
    const phone = openPhone(ctx.seal, row);
    return phone && row.phone_lookup ? [{ id: row.id, phone, lookup: row.phone_lookup }] : [];
  });
  const mine = numbered.find(({ id }) => id === ctx.person.id);
  const theirs = numbered.find(({ id }) => id !== ctx.person.id);
  if (!mine || !theirs) throw new Problem("invalid-code");
  return { mine, theirs };
}
