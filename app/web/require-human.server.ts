import { redirect } from "@remix-run/node";
import { usePass, type Proof } from "#app/people/human/pass.server.ts";
import { readCookie } from "./cookies.server.ts";
import type { Access, Given } from "./guarded.server.ts";

type Asking = Pick<Given<Access>, "ctx" | "request" | "context">;

/**
 * For an act that a limit or a suspicion stopped: goes on for a browser that lately did a sum, sends any other one to
 * `/check` and from there back to this page. Never call it on the normal way.
 *
 * @param what the act, such as `sign-in`: one pass is good for five of each.
 * @param to where to go on afterwards; this page unless given.
 * @returns how they proved it. `waited` is the weaker proof of browsers without scripts: let what it opens be looked at.
 * @throws a redirect to `/check`.
 */
export async function requireHuman({ ctx, request, context }: Asking, what: string, to?: string): Promise<Proof> {
  const how = await usePass(ctx, readCookie(context.services.env, request, "human"), what);
  if (how) return how;
  const { pathname, search } = new URL(request.url);
  const params = new URLSearchParams({ to: to ?? pathname + search });
  throw redirect(`/check?${params}`, 303);
}
