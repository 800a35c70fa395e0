import type { PersonCtx } from "#app/core/ctx.ts";
import { coordinatedGroups } from "#app/groups/membership.ts";
import { errorFields } from "#app/core/log.server.ts";
import { HERE_CHANNEL } from "./here.ts";

/**
 * Tells whoever runs the post's group that the asker is on it right now. Nobody waits for it and nothing is kept; a post that is not
 * of their groups tells nobody anything.
 */
export function sayHere(ctx: PersonCtx, code: string): void {
  const groups = coordinatedGroups(ctx.person);
  const mine = groups === "all" ? null : [...groups];
  ctx.db.sql`
    select pg_notify(${HERE_CHANNEL},
      json_build_object('code', code, 'groupId', group_id, 'personId', ${ctx.person.id}::uuid)::text)
    from posts where code = ${code} and (${mine}::uuid[] is null or group_id = any(${mine}::uuid[]))`.catch(
    (error: unknown) => ctx.log.warn("could not say who is here", errorFields(error)),
  );
}
