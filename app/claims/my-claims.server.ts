import type { Ctx, PersonCtx } from "#app/core/ctx.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { type PostRow, postColumns, toView } from "#app/posts/post-rows.server.ts";
import type { PostView } from "#app/posts/post.ts";
import { isKept } from "#app/posts/reach.server.ts";
import { type ClaimStatus, isLive, POST_CLOSED } from "./claim.ts";
import { type Said, said } from "./eta.ts";
import type { Fragment } from "./scope.server.ts";
import { movable } from "./scope.server.ts";

/** A claim with its post, as its claimer sees it. `due` and `eta` are said in the reader's own day. */
export type MyClaim = {
  id: string;
  status: ClaimStatus;
  quantity: number;
  deliveredQuantity: number | null;
  /** Nothing more to do: handed back, lapsed, confirmed, or its post was closed before it was kept. */
  over: boolean;
  /** It ended because its post was closed, by its author or the group. */
  closed: boolean;
  /** The claimer is the reader; false for a coordinator looking on. */
  mine: boolean;
  /** When it should be done, and when it goes back to the board. */
  due: Said;
  lapses: Said;
  late: boolean;
  eta: Said | null;
  note: string | null;
  post: PostView;
};

const PAST_DAYS = 30;
const MOST = 100;

/** My promises: those with something left to do or to wait for, the most pressing first; or those of the last 30 days that are over. */
export async function listMyClaims(ctx: PersonCtx, locale: Locale, { past = false } = {}): Promise<MyClaim[]> {
  const { sql } = ctx.db;
  const since = new Date(ctx.now.getTime() - PAST_DAYS * 86_400_000);
  const live = sql`(k.status in ('promised', 'on_the_way') and p.status <> 'closed' or k.status = 'delivered')`;
  const which = past
    ? sql`not ${live} and greatest(k.updated_at, p.closed_at) > ${since}::timestamptz
        order by greatest(k.updated_at, p.closed_at) desc`
    : sql`${live} order by k.status = 'delivered', k.due_at`;
  return select(ctx, locale, sql`k.person_id = ${ctx.person.id}::uuid and ${which} limit ${MOST}`);
}

/** One claim, for its claimer and the group's coordinators; `null` for anybody else. */
export async function findMyClaim(ctx: PersonCtx, id: string, locale: Locale): Promise<MyClaim | null> {
  const [claim] = await select(ctx, locale, ctx.db.sql`k.id = ${id}::uuid and ${movable(ctx.db.sql, ctx, "k")}`);
  return claim ?? null;
}

type Row = PostRow & {
  claim_id: string;
  claim_status: ClaimStatus;
  claim_quantity: number;
  delivered_quantity: number | null;
  mine: boolean;
  due_at: Date;
  lapses_at: Date;
  eta: Date | null;
  claim_note: string | null;
  release_reason: string | null;
  time_zone: string;
};

async function select(ctx: Ctx, locale: Locale, which: Fragment): Promise<MyClaim[]> {
  const me = ctx.person?.id ?? null;
  const helps = ctx.db.sql`(k.person_id = ${me}::uuid and ${isKept(ctx, "k")})`;
  const rows = await ctx.db.sql<Row[]>`
    select ${postColumns(ctx, helps)}, k.id as claim_id, k.status as claim_status, k.quantity as claim_quantity,
      k.delivered_quantity, k.person_id = ${me}::uuid as mine, k.due_at, k.lapses_at, k.eta,
      k.note_sealed as claim_note, k.release_reason, me.time_zone
    from claims k join posts p on p.id = k.post_id join groups g on g.id = p.group_id
      left join categories c on c.id = p.category_id join people me on me.id = ${me}::uuid
    where ${which}`;
  return rows.map((row) => toMyClaim(ctx, row, locale));
}

/** Then only the title is left of what they were told: what it was that they had promised. */
const handedBack = ({ claim_status: status, mine }: Row) => mine && (status === "released" || status === "lapsed");

const titleOnly = (post: PostView): PostView => ({
  ...post,
  details: null,
  place: null,
  lat: null,
  lng: null,
  answers: {},
});

function toMyClaim(ctx: Ctx, row: Row, locale: Locale): MyClaim {
  const live = isLive(row.claim_status);
  const place = { table: "claims", column: "note_sealed", row: row.claim_id };
  return {
    id: row.claim_id,
    status: row.claim_status,
    quantity: row.claim_quantity,
    deliveredQuantity: row.delivered_quantity,
    over: live ? row.status === "closed" : row.claim_status !== "delivered",
    closed: live ? row.status === "closed" : row.release_reason === POST_CLOSED,
    mine: row.mine,
    due: said(row.due_at, ctx.now, locale, row.time_zone),
    lapses: said(row.lapses_at, ctx.now, locale, row.time_zone),
    late: live && row.due_at < ctx.now,
    eta: row.eta && said(row.eta, ctx.now, locale, row.time_zone),
    note: ctx.seal.read(row.claim_note, place),
    post: handedBack(row) ? titleOnly(toView(row, locale)) : toView(row, locale),
  };
}
