import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { LOCALES } from "#app/i18n/locales.ts";
import { countAudience } from "./audience.server.ts";
import { NEEDS_A_SECOND_ABOVE } from "./broadcast.ts";
import type { Broadcast } from "./get-broadcast.server.ts";
import { inTheirHands } from "./scope.server.ts";
import { faultOf, segmentsFor } from "./words.ts";

/**
 * Lets a draft go; above `NEEDS_A_SECOND_ABOVE` people it waits for somebody else to. Whoever presses is its author
 * from then on, so that it cannot be them who agrees; the other coordinators of the group are told.
 *
 * @param broadcast as they saw it: when somebody changed it meanwhile, nothing goes.
 * @throws Problem `wrong-step` when it has moved on; `invalid-input` when it has no words, nobody to go to, or words
 *   that may not go out.
 */
export async function submitBroadcast(ctx: PersonCtx, broadcast: Broadcast): Promise<"waiting" | "sending"> {
  const { id, words, frame, version } = broadcast;
  const written = LOCALES.flatMap((locale) => words[locale] ?? []);
  const host = new URL(ctx.publicUrl).host;
  if (written.length === 0 || written.some((text) => faultOf(text, host))) throw new Problem("invalid-input");
  const { people, readers } = await countAudience(ctx, broadcast);
  if (people === 0) throw new Problem("invalid-input");
  const state = people > NEEDS_A_SECOND_ABOVE ? "waiting" : "sending";
  const moved = await ctx.db.sql`
    with moved as (
      update broadcasts b
      set state = ${state}, author_id = ${ctx.person.id}::uuid, recipients = ${people}::int,
        segments = ${segmentsFor(frame, words, readers)}::int, updated_at = ${ctx.now}::timestamptz,
        approved_at = case when ${state} = 'sending' then ${ctx.now}::timestamptz end
      where b.id = ${id}::uuid and b.state = 'draft' and b.updated_at = ${new Date(version)}::timestamptz
        and ${inTheirHands(ctx)}
      returning b.id, b.group_id, b.state
    ), told as (
      insert into events (type, group_id, actor_id, at)
      select 'broadcast.waiting', group_id, ${ctx.person.id}::uuid, ${ctx.now}::timestamptz
      from moved where state = 'waiting' and group_id is not null
    )
    select id from moved`;
  if (moved.length === 0) throw new Problem("wrong-step");
  return state;
}
