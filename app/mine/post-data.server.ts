import type { Ctx } from "#app/core/ctx.ts";
import { hashToken } from "#app/core/ids.server.ts";
import { Problem } from "#app/core/problems.ts";
import { readsOf, type Read } from "./reads-of.server.ts";

const SEALED = ["address_sealed", "note_sealed", "contact_name_sealed"] as const;
type Row = { id: string; author_id: string } & Record<string, unknown>;

/**
 * Everything we hold about one post, opened for whoever holds its private link, and who looked at its contact. Nothing about its author
 * beyond it: anybody can type a neighbour's number.
 *
 * @throws Problem `not-found`.
 */
export async function postData(
  ctx: Ctx,
  token: string,
): Promise<{ post: Record<string, unknown>; looked_at_by: Read[] }> {
  const [row] = await ctx.db.sql<Row[]>`
    select id, author_id, code, kind, title, details, quantity, remaining, urgency, place, lat, lng, window_start, window_end, answers,
      languages, visibility, status, closed_reason, created_at, closed_at, address_sealed, note_sealed, contact_name_sealed
    from posts where manage_hash = ${hashToken(token)}`;
  if (!row) throw new Problem("not-found");
  const { id, author_id: author, ...post } = row;
  for (const column of SEALED) {
    const sealed = post[column] as string | null;
    post[column.replace("_sealed", "")] = ctx.seal.read(sealed, { table: "posts", column, row: id });
    delete post[column];
  }
  const reads = await readsOf(ctx, author);
  return { post, looked_at_by: reads.filter(({ code }) => code === post["code"]) };
}
