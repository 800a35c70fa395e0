import type { Ctx } from "#app/core/ctx.ts";

/** Uses something up that counts once. @returns false when it was used before. */
export async function spend(ctx: Ctx, what: string, expiresAt: Date): Promise<boolean> {
  const spent = await ctx.db.sql`
    insert into spent_proofs (key, expires_at)
    values (${ctx.seal.lookup("limit", `spent ${what}`)}, ${expiresAt}::timestamptz)
    on conflict do nothing returning key`;
  return spent.length === 1;
}
