import { CODE_LETTERS } from "#app/core/codes.ts";
import type { Ctx, PersonCtx } from "#app/core/ctx.ts";
import { newCode } from "#app/core/ids.server.ts";

const CODES = 10;
const LENGTH = 10;

/** The keyed hash by which a code on paper is found again: of one person, as nobody else can use it. */
export function paperHash({ seal }: Ctx, personId: string, typed: string): string {
  const letters = [...typed.toUpperCase()].filter((letter) => CODE_LETTERS.includes(letter)).join("");
  return seal.lookup("code", `paper ${personId} ${letters}`);
}

/** Ten new codes for when everything else is lost, each good for once; those from before are void. They are shown now and never again. */
export async function newPaper(ctx: PersonCtx): Promise<string[]> {
  const codes = Array.from({ length: CODES }, () => newCode(LENGTH));
  const hashes = codes.map((code) => paperHash(ctx, ctx.person.id, code));
  await ctx.db.sql`
    with before as (
      delete from second_steps where person_id = ${ctx.person.id}::uuid and kind = 'paper'
    ), made as (
      insert into second_steps (id, person_id, kind, created_at)
      select hash, ${ctx.person.id}::uuid, 'paper', ${ctx.now}::timestamptz from unnest(${hashes}::text[]) hash
    )
    insert into events (type, actor_id, data, at)
    values ('second_step.added', ${ctx.person.id}::uuid, jsonb_build_object('personId', ${ctx.person.id}::uuid, 'kind', 'paper'), ${ctx.now}::timestamptz)`;
  return codes.map((code) => `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`);
}
