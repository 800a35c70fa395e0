import { coordination } from "#app/claims/scope.server.ts";
import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { hideInName } from "#app/people/hiding/hide.ts";
import { openName } from "#app/people/person.server.ts";
import { isUuid } from "#app/people/uuid.ts";

export type Reassignable = {
  id: string;
  code: string;
  title: string;
  quantity: number;
  who: string | null;
  /** The other active members of the group, by name; `live`: promises they have going in it. */
  people: { id: string; name: string | null; live: number }[];
};

const MOST = 300;

/** A live promise on a need of theirs, and who could take it over. @throws Problem `not-found`. */
export async function readReassignable(ctx: PersonCtx, id: string): Promise<Reassignable> {
  if (!isUuid(id)) throw new Problem("not-found");
  const { sql } = ctx.db;
  const { everywhere, groups } = coordination(ctx.person);
  type Row = {
    code: string;
    title: string;
    quantity: number;
    group_id: string;
    author_id: string;
    person_id: string;
    name_sealed: string | null;
  };
  const [row] = await sql<Row[]>`
    select p.code, p.title, c.quantity, p.group_id, p.author_id, c.person_id, who.name_sealed
    from claims c join posts p on p.id = c.post_id join people who on who.id = c.person_id
    where c.id = ${id}::uuid and p.kind = 'need' and c.status in ('promised', 'on_the_way')
      and (${everywhere} or p.group_id = any(${groups}::uuid[]))`;
  if (!row) throw new Problem("not-found");
  const people = await sql<{ id: string; name_sealed: string | null; live: number }[]>`
    select a.id, a.name_sealed,
      (select count(*) from claims k join posts p on p.id = k.post_id
        where k.person_id = a.id and k.status in ('promised', 'on_the_way') and p.group_id = m.group_id)::int as live
    from memberships m join people a on a.id = m.person_id
    where m.group_id = ${row.group_id}::uuid and m.state = 'active' and a.id not in (${row.person_id}::uuid, ${row.author_id}::uuid)
    limit ${MOST}`;
  const named = people.map((person) => ({
    id: person.id,
    live: person.live,
    name: hideInName(openName(ctx.seal, person)),
  }));
  const { code, title, quantity, person_id, name_sealed } = row;
  return {
    id,
    code,
    title,
    quantity,
    who: hideInName(openName(ctx.seal, { id: person_id, name_sealed })),
    people: named.toSorted((a, b) => a.live - b.live || (a.name ?? "").localeCompare(b.name ?? "")),
  };
}
