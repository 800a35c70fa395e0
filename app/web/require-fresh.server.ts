import { redirect } from "@remix-run/node";
import type { PersonCtx } from "#app/core/ctx.ts";
import { isFresh } from "#app/people/fresh.ts";

/**
 * For what a stolen session must not be enough for: goes on for somebody who proved in the last ten minutes who they are,
 * sends everybody else to `/confirm` and from there on.
 *
 * @param to where they go on: the page itself, or the form that has to be sent again.
 * @throws a redirect to `/confirm`.
 */
export function requireFresh(ctx: PersonCtx, to: string): void {
  if (!isFresh(ctx)) throw redirect(`/confirm?${new URLSearchParams({ to })}`, 303);
}
