import type { PersonCtx } from "#app/core/ctx.ts";
import { KM_PER_DEGREE, KM_PER_DEGREE_EAST } from "#app/core/grid.ts";
import { coordination } from "#app/claims/scope.server.ts";
import { plainCode } from "#app/posts/post.ts";

/** Another open post that may be the same thing. `why`: the same number asked, or alike words near each other. */
export type Duplicate = {
  code: string;
  title: string;
  createdAt: Date;
  quantity: number;
  why: "same_person" | "alike";
};

/** Told within so many days, by one person or in alike words about one place, two posts may be one. */
const WITHIN_DAYS = 3;
/** How alike two titles have to be, by their letters (pg_trgm): typing errors and word order aside, the same. */
const ALIKE = 0.45;
const MOST = 5;
const NEXT_CELL_KM = 1.5;

/** In the same grid cell or one beside it: a post a street away may lie in the next. */
const near = ({ db: { sql } }: PersonCtx) => sql`
  (abs(o.lat - p.lat) * ${KM_PER_DEGREE}::float8 < ${NEXT_CELL_KM}::float8
    and abs(o.lng - p.lng) * ${KM_PER_DEGREE_EAST}::float8 * cos(radians(p.lat)) < ${NEXT_CELL_KM}::float8)`;

/** The likeliest first: by the same person, then the most alike. Posts of the coordinator's groups only, of the same kind. */
export async function findDuplicates(ctx: PersonCtx, code: string): Promise<Duplicate[]> {
  const { sql } = ctx.db;
  const { everywhere, groups } = coordination(ctx.person);
  const theirs = (post: "p" | "o") => sql`(${everywhere} or ${sql(post)}.group_id = any(${groups}::uuid[]))`;
  // Whoever calls without a number has the coordinator for an author, who is not the one who needs it.
  const byOnePerson = sql`(o.author_id = p.author_id and p.entered_by is distinct from p.author_id
    and o.entered_by is distinct from o.author_id)`;
  return sql<Duplicate[]>`
    select o.code, o.title, o.created_at as "createdAt", o.quantity,
      case when ${byOnePerson} then 'same_person' else 'alike' end as why
    from posts p join posts o on o.group_id = p.group_id and o.kind = p.kind and o.id <> p.id
    where p.code = ${plainCode(code)} and ${theirs("p")} and p.status <> 'closed' and o.status <> 'closed'
      and o.created_at between p.created_at - make_interval(days => ${WITHIN_DAYS}) and p.created_at + make_interval(days => ${WITHIN_DAYS})
      and o.split_from is distinct from p.id and p.split_from is distinct from o.id
      and o.category_id is not distinct from p.category_id
      and (${byOnePerson} or similarity(fold(o.title), fold(p.title)) >= ${ALIKE}::float4
        and (${near(ctx)} or fold(o.place) = fold(p.place) or o.lat is null and p.lat is null))
    order by why desc, similarity(fold(o.title), fold(p.title)) desc, o.created_at limit ${MOST}`;
}
