import type { PersonCtx } from "#app/core/ctx.ts";
import { parsePhone } from "#app/people/phone.server.ts";
import { inTheirHands, mustBeAtTheDesk, threadsWithPeople } from "./scope.server.ts";

/** The thread of a whole number, however it was typed; null when there is none they may see. */
export async function findThread(ctx: PersonCtx, typed: string): Promise<string | null> {
  mustBeAtTheDesk(ctx);
  const phone = parsePhone(typed);
  if (!phone) return null;
  const [row] = await ctx.db.sql<{ id: string }[]>`
    select t.id from ${threadsWithPeople(ctx)}
    where t.phone_lookup = ${ctx.seal.lookup("phone", phone)} and ${inTheirHands(ctx)}`;
  return row?.id ?? null;
}
