import type { PendingQuery, Row } from "postgres";
import type { Ctx } from "#app/core/ctx.ts";

type Sql = PendingQuery<Row[]>;

/**
 * When a post comes off the board by itself, as an SQL expression: an offer at the end of its window; everything else
 * after its category's time, or a day after its window if that is later. The same for a new, a changed and a reopened
 * post. The parts are SQL too: `kind` text, `lasts` interval, `windowEnd` timestamptz or null.
 */
export function expiryOf({ db: { sql }, now }: Ctx, post: { kind: Sql; lasts: Sql; windowEnd: Sql }): Sql {
  return sql`
    case when ${post.kind} = 'offer' and ${post.windowEnd} > ${now}::timestamptz then ${post.windowEnd}
         else greatest(${now}::timestamptz + ${post.lasts}, ${post.windowEnd} + interval '1 day') end`;
}

/** How long a post of this category stays up: two weeks where it has none. `categoryId` is an SQL column. */
export const lastsOf = ({ db: { sql } }: Ctx, categoryId: Sql): Sql => sql`
  coalesce((select expiry_hours from categories where id = ${categoryId}), 336) * interval '1 hour'`;
