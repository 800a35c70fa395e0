import { json } from "@remix-run/node";
import { packRows } from "#app/dashboard/packed-rows.ts";
import { postRows } from "#app/dashboard/post-rows.server.ts";
import type { AllRows } from "#app/dashboard/use-all-rows.ts";
import { guarded } from "#app/web/guarded.server.ts";

/** As many as an address has room for. */
const MOST_CODES = 100;

/**
 * Every row of the coordinator's list at once, packed, so that the browser can filter and sort by itself: all their
 * posts where these are few enough, else all that are not closed, else none. `?code=…&code=…`: only these posts.
 */
export const loader = guarded("coordinator", async ({ ctx, request, locale }) => {
  const codes = new URL(request.url).searchParams.getAll("code").slice(0, MOST_CODES);
  if (codes.length > 0) {
    const { rows } = await postRows(ctx, { state: "all", kind: "", group: "", age: "" }, locale, codes);
    return answer({ holds: "none", now: ctx.now.getTime(), packed: packRows(rows) });
  }
  for (const holds of ["all", "current"] as const) {
    const found = await postRows(ctx, { state: holds, kind: "", group: "", age: "" }, locale);
    if (found.complete) return answer({ holds, now: ctx.now.getTime(), packed: packRows(found.rows) });
  }
  return answer({ holds: "none", now: ctx.now.getTime(), packed: packRows([]) });
});

const answer = (rows: AllRows) => json(rows, { headers: { "Cache-Control": "no-store" } });
