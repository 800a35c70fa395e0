import { json } from "@remix-run/node";
import { packRows } from "#app/dashboard/packed-rows.ts";
import { postRows } from "#app/dashboard/post-rows.server.ts";
import type { AllRows } from "#app/dashboard/use-all-rows.ts";
import { guarded } from "#app/web/guarded.server.ts";

/**
 * Every row of the coordinator's list at once, packed, so that the browser can filter and sort by itself: all their
 * posts where these are few enough, else all that are not closed, else none.
 */
export const loader = guarded("coordinator", async ({ ctx, locale }) => {
  for (const holds of ["all", "current"] as const) {
    const found = await postRows(ctx, { state: holds, kind: "", group: "", age: "" }, locale);
    if (found.complete) return answer({ holds, now: ctx.now.getTime(), packed: packRows(found.rows) });
  }
  return answer({ holds: "none", now: ctx.now.getTime(), packed: packRows([]) });
});

const answer = (rows: AllRows) => json(rows, { headers: { "Cache-Control": "no-store" } });
