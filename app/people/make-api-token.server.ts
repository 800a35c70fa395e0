import type { Ctx } from "#app/core/ctx.ts";
import { hashToken, newToken } from "#app/core/ids.server.ts";

/** Makes an API token for a person: `mh_` and 256 bits in base64url. Shown once; the database keeps its hash. */
export async function makeApiToken(ctx: Ctx, personId: string): Promise<string> {
  const token = `mh_${newToken(32)}`;
  await ctx.db.sql`
    insert into api_tokens (token_hash, person_id, created_at)
    values (${hashToken(token)}, ${personId}::uuid, ${ctx.now}::timestamptz)`;
  return token;
}

/** Makes every API token of a person useless at once. */
export async function revokeApiTokens(ctx: Ctx, personId: string): Promise<number> {
  const ended = await ctx.db.sql`
    update api_tokens set revoked_at = ${ctx.now}::timestamptz
    where person_id = ${personId}::uuid and revoked_at is null returning 1`;
  return ended.length;
}
