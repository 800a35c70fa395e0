import type { PendingQuery, Row } from "postgres";
import type { Ctx } from "#app/core/ctx.ts";

/**
 * What a held `post.edited` carries to be taken back: how the post (`before`) was, and the revision that its change (`p`) made;
 * nothing where nobody can take it back. The words of it go once the time is over (`fanOut`).
 */
export const toPutBack = ({ db: { sql }, holdUntil }: Ctx): PendingQuery<Row[]> =>
  holdUntil
    ? sql`jsonb_build_object('revision', p.revision, 'was', jsonb_build_object('category_id', before.category_id, 'title', before.title,
        'details', before.details, 'quantity', before.quantity, 'urgency', before.urgency, 'place', before.place, 'lat', before.lat,
        'lng', before.lng, 'visibility', before.visibility, 'status', before.status, 'unapproved', before.unapproved,
        'concerns', before.concerns, 'expires_at', before.expires_at))`
    : sql`'{}'::jsonb`;
