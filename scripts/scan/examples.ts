import type { Sql } from "postgres";
import type { Seal } from "#app/core/seal.server.ts";
import { manageToken } from "#app/posts/manage-token.server.ts";

/** What stands for the parameters of routes: rows of the demo neighbourhood. */
export type Examples = {
  people: { volunteer: string; coordinator: string };
  /** By the name of the parameter, or by the route where that does not tell what it is. */
  values: Record<string, string[]>;
};

const NOTHING = "00000000-0000-4000-8000-000000000000";

export async function examplesOf(sql: Sql, seal: Seal): Promise<Examples> {
  const [row] = await sql<
    { claim: string; volunteer: string; post: string; code: string; own: string; covered: string | null }[]
  >`
    select c.id as claim, c.person_id as volunteer, p.id as post, p.code, own.id as own,
      (select code from posts where status = 'open' and remaining = 0 and visibility = 'everyone' order by id limit 1) as covered
    from claims c join posts p on p.id = c.post_id join groups g on g.id = p.group_id
    join lateral (select id from posts where id <> p.id and kind = 'need' and status = 'open' order by id limit 1) own on true
    where c.status = 'promised' and p.kind = 'need' and p.status = 'open' and p.visibility = 'everyone'
      and not exists (select from memberships m where m.person_id = c.person_id and m.role = 'coordinator')
    order by g.slug <> 'kitchen', c.id limit 1`;
  const [desk] = await sql<{ person: string; member: string; thread: string }[]>`
    select c.person_id as person, m.person_id as member, (select id from text_threads order by id limit 1) as thread
    from memberships c join groups g on g.id = c.group_id and g.slug = 'kitchen'
    join memberships m on m.group_id = c.group_id and m.role = 'volunteer' and m.state = 'active'
    where c.role = 'coordinator' and c.state = 'active' limit 1`;
  if (!row || !desk) throw new Error("the demo neighbourhood has no promise or no coordinator");
  return {
    people: { volunteer: row.volunteer, coordinator: desk.person },
    values: {
      code: [row.code, ...(row.covered ? [row.covered] : [])],
      slug: ["kitchen"],
      token: [manageToken(seal, row.post)],
      // Another one, so that deleting it leaves the other pages of private links alone.
      "routes/m.$token_.delete": [manageToken(seal, row.own)],
      person: [desk.member],
      thread: [desk.thread],
      report: [NOTHING],
      callSid: [`CA${"0".repeat(32)}`],
      id: [NOTHING],
      ...Object.fromEntries(ABOUT_CLAIMS.map((route) => [route, [row.claim]])),
    },
  };
}

const ABOUT_CLAIMS = [
  "routes/claims.$id",
  "routes/claims.$id_.messages",
  "routes/claims.$id_.extensions",
  "routes/coordinate_.promises_.$id",
  "PATCH /claims/{id}",
];
