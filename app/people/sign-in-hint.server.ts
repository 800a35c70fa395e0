import type { Ctx } from "#app/core/ctx.ts";
import { openPhone } from "./person.server.ts";
import { isUuid } from "./uuid.ts";

/** The last two digits of the number a code went to, so that a typing mistake is seen. Null when the challenge is over. */
export async function signInHint(ctx: Ctx, challengeId: string): Promise<string | null> {
  if (!isUuid(challengeId)) return null;
  const [row] = await ctx.db.sql<{ id: string; phone_sealed: string | null }[]>`
    select p.id, p.phone_sealed from sign_in_codes c join people p on p.id = c.person_id
    where c.id = ${challengeId}::uuid and c.used_at is null and c.expires_at > ${ctx.now}::timestamptz`;
  return row ? (openPhone(ctx.seal, row)?.slice(-2) ?? null) : null;
}
