import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { LOCALES } from "#app/i18n/locales.ts";
import type { To } from "./audience.server.ts";
import type { BroadcastWords } from "./broadcast.ts";
import { sealWords } from "./get-broadcast.server.ts";
import { inTheirHands, mustCoordinate } from "./scope.server.ts";

/**
 * Keeps whom a draft is for. `id` is made by the form, so that a form sent twice makes one draft.
 *
 * @throws Problem `not-allowed`; `wrong-step` when it is no draft any more, or not theirs.
 */
export async function saveDraft(ctx: PersonCtx, { id, groupId, audience }: To & { id: string }): Promise<void> {
  mustCoordinate(ctx, groupId);
  const { sql } = ctx.db;
  const saved = await sql`
    insert into broadcasts as b (id, group_id, author_id, audience, created_at, updated_at)
    values (${id}::uuid, ${groupId}::uuid, ${ctx.person.id}::uuid, ${sql.json(audience as never)},
      ${ctx.now}::timestamptz, ${ctx.now}::timestamptz)
    on conflict (id) do update
      set group_id = excluded.group_id, audience = excluded.audience, updated_at = excluded.updated_at
      where b.state = 'draft' and ${inTheirHands(ctx)}
    returning b.id`;
  if (saved.length === 0) throw new Problem("wrong-step");
}

/**
 * Keeps the words of a draft as they were typed, also while they cannot go out yet.
 *
 * @throws Problem `wrong-step` when it is no draft any more, or not theirs.
 */
export async function saveWords(ctx: PersonCtx, { id, words }: { id: string; words: BroadcastWords }): Promise<void> {
  const kept = Object.fromEntries(LOCALES.filter((one) => words[one]?.trim()).map((one) => [one, words[one]!.trim()]));
  const saved = await ctx.db.sql`
    update broadcasts b set words_sealed = ${sealWords(ctx, id, kept)}, updated_at = ${ctx.now}::timestamptz
    where b.id = ${id}::uuid and b.state = 'draft' and ${inTheirHands(ctx)}
    returning b.id`;
  if (saved.length === 0) throw new Problem("wrong-step");
}
