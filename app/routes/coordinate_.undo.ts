import { redirect } from "@remix-run/node";
import { Problem } from "#app/core/problems.ts";
import { undoAct } from "#app/dashboard/undo.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { readForm } from "#app/web/parse-form.server.ts";
import { safePath } from "#app/web/safe-path.ts";

/** Takes back what the person did last, and leads back to where they did it. */
export const action = guarded("coordinator", async ({ ctx, request }) => {
  const { event = "", to = "" } = await readForm(request);
  const eventId = Number(event);
  if (!Number.isSafeInteger(eventId) || eventId < 1) throw new Problem("invalid-input");
  await undoAct(ctx, { eventId });
  const back = new URL(safePath(to, "/coordinate"), "http://here");
  back.searchParams.delete("done");
  back.searchParams.set("undone", "1");
  return redirect(back.pathname + back.search, 303);
});
