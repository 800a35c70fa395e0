import type { Ctx } from "#app/core/ctx.ts";
import { openName } from "#app/people/person.server.ts";
import type { ClaimStatus } from "./claim.ts";

/** One promise as the post's author sees it: who by name, never a number. */
export type PromiseOnPost = {
  id: string;
  name: string | null;
  quantity: number;
  status: ClaimStatus;
  eta: Date | null;
};

const AT_MOST = 100;

/** The promises on a post, newest first. For its author: whoever calls has checked the private link or the person. */
export async function promisesOnPost(ctx: Ctx, postId: string): Promise<PromiseOnPost[]> {
  type PromiseRow = {
    id: string;
    person_id: string;
    name_sealed: string | null;
    quantity: number;
    status: ClaimStatus;
    eta: Date | null;
  };
  const rows = await ctx.db.sql<PromiseRow[]>`
    select c.id, c.person_id, a.name_sealed, coalesce(c.delivered_quantity, c.quantity) as quantity, c.status, c.eta
      from claims c join people a on a.id = c.person_id
     where c.post_id = ${postId}::uuid
     order by c.created_at desc limit ${AT_MOST}`;
  return rows.map(({ person_id, name_sealed, ...promise }) => ({
    ...promise,
    name: openName(ctx.seal, { id: person_id, name_sealed }),
  }));
}
