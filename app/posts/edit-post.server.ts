import type { Ctx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { concernsOf } from "#app/posts/concerns.ts";
import { isKnownHere } from "#app/posts/trust.server.ts";
import { expiryOf, lastsOf } from "#app/posts/expiry.server.ts";
import { findPlace } from "#app/posts/known-places.server.ts";
import { actorOf, findOwnPost, runsGroup, type OwnPost } from "#app/posts/own-post.server.ts";
import type { NewPost } from "#app/posts/publish-post.server.ts";
import { snapToGrid } from "#app/posts/post.ts";
import { toPutBack } from "#app/posts/to-put-back.server.ts";

/**
 * What may be changed; a key left out stays, `null` empties. `lat` and `lng` come together or not at all. Of `answers`,
 * too, what is left out stays and an empty list takes an answer back, so that answers of fields that are no longer
 * asked are kept.
 */
export type PostChanges = Partial<
  Omit<NewPost, "kind" | "groupId" | "categoryId" | "locale" | "contact" | "submitKey">
>;

/**
 * Changes a post that is not closed and records `post.edited`. What is left follows the quantity: asking for five more
 * opens five more. Where the group moderates, new words of somebody who is not its coordinator wait for review again; so do links of
 * somebody nobody knows.
 *
 * @param input `revision`: as whoever edits saw it; a change by somebody else since then is not overwritten.
 * @throws Problem `not-found`, `already-closed`, `changed-meanwhile`, or `invalid-input` with `{ field: "quantity", least }` when more than
 *   the new quantity is promised already.
 */
export async function editPost(
  ctx: Ctx,
  input: OwnPost & { changes: PostChanges; revision?: number },
): Promise<{ code: string }> {
  const { sql } = ctx.db;
  const post = await findOwnPost(ctx, input);
  const changes = await placed(ctx, input.changes, post.place);
  const columns = changedColumns(ctx, post.id, changes);
  const quantity = changes.quantity ?? null;
  const newWords = ["title", "details", "place"].some((word) => word in changes) && !runsGroup(ctx, post.group_id);
  const said = newWords ? concernsOf(changes.title, changes.details, changes.place) : [];
  const waits = sql`(${newWords}::boolean and (g.moderates or ${said.includes("link")}::boolean and not ${isKnownHere(ctx)}))`;
  const takenBack = Object.entries(changes.answers ?? {}).flatMap(([key, chosen]) =>
    chosen.length === 0 ? [key] : [],
  );
  const windowChanges = changes.windowEnd !== undefined;
  const windowEnd = sql`${changes.windowEnd ?? null}::timestamptz`;
  const [edited] = await sql`
    with before as (
      select b.* from posts b where b.id = ${post.id}::uuid for update of b
    ), edited as (
      update posts p set ${sql({ ...columns, updated_at: ctx.now })}, revision = p.revision + 1,
             quantity = coalesce(${quantity}::int, p.quantity),
             remaining = p.remaining + (coalesce(${quantity}::int, p.quantity) - p.quantity),
             status = case when ${waits} then 'in_review' else p.status end, unapproved = p.unapproved or ${waits},
             concerns = array(select distinct unnest(p.concerns || ${said}::text[]) order by 1),
             answers = (p.answers || ${sql.json(changes.answers ?? {})}) - ${takenBack}::text[],
             expires_at = ${windowChanges ? expiryOf(ctx, { kind: sql`p.kind`, lasts: lastsOf(ctx, sql`p.category_id`), windowEnd }) : sql`p.expires_at`}
        from groups g, before
       where p.id = before.id and g.id = p.group_id and p.status <> 'closed'
         and p.revision = coalesce(${input.revision ?? null}::int, p.revision)
         and p.remaining + (coalesce(${quantity}::int, p.quantity) - p.quantity) >= 0
      returning p.id, p.group_id, p.quantity, p.remaining, ${toPutBack(ctx)} as held
    ), happened as (
      insert into events (type, group_id, post_id, actor_id, data, at, hold_until)
      select 'post.edited', group_id, id, ${actorOf(ctx, input)}::uuid,
             jsonb_build_object('quantity', quantity, 'remaining', remaining) || held, ${ctx.now}::timestamptz,
             ${ctx.holdUntil ?? null}::timestamptz
        from edited
    )
    select id from edited`;
  if (!edited) await explainRefusal(ctx, input);
  return { code: post.code };
}

/** A place of another name is somewhere else: where it is known to be, or nobody knows. */
async function placed(ctx: Ctx, changes: PostChanges, before: string | null): Promise<PostChanges> {
  const { place, lat } = changes;
  if (place === undefined || lat !== undefined || place === before) return changes;
  const spot = place && (await findPlace(ctx, place));
  return { ...changes, lat: spot ? spot.lat : null, lng: spot ? spot.lng : null };
}

async function explainRefusal(ctx: Ctx, which: OwnPost & { revision?: number }): Promise<never> {
  const post = await findOwnPost(ctx, which);
  if (post.status === "closed") throw new Problem("already-closed");
  if (which.revision !== undefined && which.revision !== post.revision) throw new Problem("changed-meanwhile");
  throw new Problem("invalid-input", { field: "quantity", least: post.quantity - post.remaining });
}

function changedColumns(
  ctx: Ctx,
  id: string,
  changes: PostChanges,
): Record<string, string | number | Date | string[] | null> {
  const sealed = (words: string | null, column: string) =>
    words && ctx.seal.seal(words, { table: "posts", column, row: id });
  const { lat, lng } = changes;
  const spot =
    lat === undefined || lng === undefined ? undefined : lat === null || lng === null ? null : snapToGrid({ lat, lng });
  const columns = {
    title: changes.title,
    details: changes.details,
    urgency: changes.urgency,
    window_start: changes.windowStart,
    window_end: changes.windowEnd,
    place: changes.place,
    lat: spot && spot.lat,
    lng: spot && spot.lng,
    address_sealed: changes.address === undefined ? undefined : sealed(changes.address, "address_sealed"),
    note_sealed: changes.privateNote === undefined ? undefined : sealed(changes.privateNote, "note_sealed"),
    visibility: changes.visibility,
    languages: changes.languages,
  };
  return Object.fromEntries(
    Object.entries(columns).filter(
      (column): column is [string, Exclude<(typeof column)[1], undefined>] => column[1] !== undefined,
    ),
  );
}
