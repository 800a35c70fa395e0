import { redirect } from "@remix-run/node";
import { extendClaim } from "#app/claims/extend-claim.server.ts";
import { notifyWorker } from "#app/events/wake-worker.server.ts";
import { guarded } from "#app/web/guarded.server.ts";

/** "It still holds": puts a promise off, for its claimer and the group's coordinators. */
export const loader = guarded("signed-in", ({ params }) =>
  redirect(`/claims/${encodeURIComponent(params["id"] ?? "")}`, 303),
);

export const action = guarded("signed-in", async ({ ctx, params }) => {
  const claim = await extendClaim(ctx, { id: params["id"] ?? "" });
  notifyWorker(ctx.db);
  return redirect(`/claims/${claim.id}`, 303);
});
