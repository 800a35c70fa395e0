import type { Ctx } from "#app/core/ctx.ts";
import { hashToken } from "#app/core/ids.server.ts";
import type { Answers } from "#app/posts/answers.ts";
import type { PostKind } from "#app/posts/post.ts";

const KEPT_HOURS = 24;
const keyOf = (token: string, kind: PostKind) => hashToken(`${kind} ${token}`);
const placeOf = (row: string) => ({ table: "drafts", column: "answers_sealed", row });

/** What this browser answered so far, or the post it became; `null` when there is nothing (any more). */
export async function readDraft(
  ctx: Ctx,
  token: string | null,
  kind: PostKind,
): Promise<{ answers: Answers; postId: string | null } | null> {
  if (!token) return null;
  const key = keyOf(token, kind);
  const [row] = await ctx.db.sql<{ answers_sealed: string | null; post_id: string | null }[]>`
    select answers_sealed, post_id from drafts where token_hash = ${key} and expires_at > ${ctx.now}::timestamptz`;
  if (!row) return null;
  const answers = ctx.seal.read(row.answers_sealed, placeOf(key));
  return { answers: answers === null ? {} : (JSON.parse(answers) as Answers), postId: row.post_id };
}

/** Keeps the answers sealed for a day. */
export async function saveDraft(ctx: Ctx, token: string, kind: PostKind, answers: Answers): Promise<void> {
  const key = keyOf(token, kind);
  const expiresAt = new Date(ctx.now.getTime() + KEPT_HOURS * 3_600_000);
  await ctx.db.sql`
    insert into drafts as d (token_hash, answers_sealed, expires_at)
    values (${key}, ${ctx.seal.seal(JSON.stringify(answers), placeOf(key))}, ${expiresAt}::timestamptz)
    on conflict (token_hash) do update set answers_sealed = excluded.answers_sealed, expires_at = excluded.expires_at
     where d.post_id is null or d.expires_at <= ${ctx.now}::timestamptz`;
}

/** Wipes the answers of a draft that was sent; a second tap finds the post instead. */
export async function wipeDraft(ctx: Ctx, token: string, kind: PostKind, postId: string): Promise<void> {
  await ctx.db.sql`
    update drafts set answers_sealed = null, post_id = ${postId}::uuid where token_hash = ${keyOf(token, kind)}`;
}

const BATCH = 500;

/** Takes away drafts whose day is over. Safe to repeat. @returns how many went, at most 500 a call. */
export async function forgetDrafts(ctx: Ctx): Promise<number> {
  const gone = await ctx.db.sql`
    delete from drafts where token_hash in (
      select token_hash from drafts where expires_at <= ${ctx.now}::timestamptz
       order by expires_at limit ${BATCH} for update skip locked)
    returning token_hash`;
  return gone.length;
}
