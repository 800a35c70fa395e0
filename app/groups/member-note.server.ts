import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import type { Seal } from "#app/core/seal.server.ts";
import { can } from "./membership.ts";

type Key = { groupId: string; personId: string };
const placeOf = ({ groupId, personId }: Key) => ({
  table: "memberships",
  column: "note_sealed",
  row: `${personId} ${groupId}`,
});

export const openMemberNote = (seal: Seal, key: Key, sealed: string | null): string | null =>
  seal.read(sealed, placeOf(key));

/**
 * Keeps what coordinators note about somebody of their group, sealed; who it is about reads it under what we hold.
 *
 * @param input `note`: up to 500 characters; null wipes it.
 * @throws Problem `not-allowed`; `wrong-step` when that person never was in the group.
 */
export async function noteMember(ctx: PersonCtx, input: Key & { note: string | null }): Promise<void> {
  if (!can(ctx.person, "accept-members", input)) throw new Problem("not-allowed");
  const changed = await ctx.db.sql`
    update memberships set note_sealed = ${input.note && ctx.seal.seal(input.note, placeOf(input))}::text
    where group_id = ${input.groupId}::uuid and person_id = ${input.personId}::uuid returning 1`;
  if (changed.length === 0) throw new Problem("wrong-step");
}

/** What coordinators noted about whoever asks, by group. */
export async function notesAboutMe(ctx: PersonCtx): Promise<{ group: string; note: string }[]> {
  const { id: personId } = ctx.person;
  const rows = await ctx.db.sql<{ group_id: string; name: string; note_sealed: string }[]>`
    select m.group_id, g.name, m.note_sealed from memberships m join groups g on g.id = m.group_id
    where m.person_id = ${personId}::uuid and m.note_sealed is not null order by g.position, g.name`;
  return rows.map((row) => ({
    group: row.name,
    note: openMemberNote(ctx.seal, { groupId: row.group_id, personId }, row.note_sealed) ?? "",
  }));
}
