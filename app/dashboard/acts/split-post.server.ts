import type { PersonCtx } from "#app/core/ctx.ts";
import { hashToken, newCode, newId } from "#app/core/ids.server.ts";
import { Problem } from "#app/core/problems.ts";
import { manageToken } from "#app/posts/manage-token.server.ts";
import { findOwnPost, runsGroup } from "#app/posts/own-post.server.ts";

/** What is sealed to a post's row, and so has to be sealed anew for its part. */
const SEALED = ["address_sealed", "note_sealed", "contact_name_sealed"] as const;

/**
 * Cuts a part of a post off into one of its own, with everything the first says, so that each can be met by itself: some for today,
 * some for tomorrow. Only what nobody has promised can go, and one at least stays. In one statement; the author is told.
 *
 * @throws Problem `not-found`, `not-allowed`, `changed-meanwhile`, `already-closed`, `invalid-input` with `{ field: "quantity", most }`.
 */
export async function splitPost(
  ctx: PersonCtx,
  { code, quantity, revision }: { code: string; quantity: number; revision: number },
): Promise<{ code: string }> {
  const { sql } = ctx.db;
  const post = await findOwnPost(ctx, { code });
  if (!runsGroup(ctx, post.group_id)) throw new Problem("not-allowed");
  const id = newId(ctx.now);
  const sealed = await sealAnew(ctx, post.id, id);
  const part = newCode(6);
  const [made] = await sql<{ code: string }[]>`
    with cut as (
      update posts p set quantity = p.quantity - ${quantity}::int, remaining = p.remaining - ${quantity}::int, revision = p.revision + 1,
        updated_at = ${ctx.now}::timestamptz
      where p.id = ${post.id}::uuid and p.status <> 'closed' and p.revision = ${revision}::int and ${quantity}::int >= 1
        and p.remaining >= ${quantity}::int and p.quantity > ${quantity}::int
      returning p.*
    ), made as (
      insert into posts (id, code, kind, group_id, category_id, author_id, title, details, quantity, remaining, urgency, window_start,
        window_end, place, lat, lng, address_sealed, note_sealed, contact_name_sealed, visibility, languages, answers, locale, status,
        unapproved, expires_at, manage_hash, split_from, entered_by, created_at, updated_at)
      select ${id}::uuid, ${part}, kind, group_id, category_id, author_id, title, details, ${quantity}::int, ${quantity}::int, urgency,
        window_start, window_end, place, lat, lng, ${sealed.address_sealed}, ${sealed.note_sealed}, ${sealed.contact_name_sealed},
        visibility, languages, answers, locale, status, unapproved, expires_at, ${hashToken(manageToken(ctx.seal, id))}, id, entered_by,
        created_at, ${ctx.now}::timestamptz
      from cut
      returning id, code, group_id
    ), told as (
      insert into events (type, group_id, post_id, actor_id, data, at, hold_until)
      select 'post.split', made.group_id, made.id, ${ctx.person.id}::uuid,
        jsonb_build_object('code', ${post.code}::text, 'quantity', ${quantity}::int), ${ctx.now}::timestamptz, ${ctx.holdUntil ?? null}::timestamptz
      from made
      union all
      select 'post.edited', cut.group_id, cut.id, ${ctx.person.id}::uuid,
        jsonb_build_object('quantity', cut.quantity, 'remaining', cut.remaining), ${ctx.now}::timestamptz, ${ctx.holdUntil ?? null}::timestamptz
      from cut
    )
    select code from made`;
  if (made) return made;
  const now = await findOwnPost(ctx, { code });
  if (now.status === "closed") throw new Problem("already-closed");
  if (now.revision !== revision) throw new Problem("changed-meanwhile");
  throw new Problem("invalid-input", { field: "quantity", most: Math.min(now.remaining, now.quantity - 1) });
}

/** A change of these words counts the revision up, so that an older copy of them never gets into the part. */
async function sealAnew(ctx: PersonCtx, from: string, to: string) {
  const [row] = await ctx.db.sql<Record<(typeof SEALED)[number], string | null>[]>`
    select ${ctx.db.sql([...SEALED])} from posts where id = ${from}::uuid`;
  const anew = (column: (typeof SEALED)[number]) => {
    const place = { table: "posts", column };
    const words = ctx.seal.read(row?.[column] ?? null, { ...place, row: from });
    return words && ctx.seal.seal(words, { ...place, row: to });
  };
  return {
    address_sealed: anew("address_sealed"),
    note_sealed: anew("note_sealed"),
    contact_name_sealed: anew("contact_name_sealed"),
  };
}
