import { json, redirect } from "@remix-run/node";
import { Problem } from "#app/core/problems.ts";
import { actOnPosts, undoOnPosts } from "#app/dashboard/bulk/act-on-posts.server.ts";
import { MOST_CHOSEN, parseAct, parseChosen, reportQuery } from "#app/dashboard/bulk/bulk.ts";
import { notifyWorker } from "#app/events/wake-worker.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { safePath } from "#app/web/safe-path.ts";

/**
 * Does one thing to the chosen posts. A form gets back to the list, which says what became of each; the list's script sends a
 * portion at a time, asks for JSON and gets the outcomes.
 */
export const action = guarded("coordinator", async ({ ctx, request }) => {
  const form = new URLSearchParams(await request.text());
  const chosen = form.getAll("row").flatMap((text) => parseChosen(text) ?? []);
  if (chosen.length > MOST_CHOSEN) throw new Problem("too-large");
  const words = form.get("act") ?? "";
  const act = parseAct(words, form.get("agreed") === "yes");
  if (!act && words !== "undo" && chosen.length > 0) throw new Problem("invalid-input", { field: "act" });
  const codes = chosen.map(({ code }) => code);
  const outcomes = act ? await actOnPosts(ctx, act, chosen) : await undoOnPosts(ctx, codes);
  notifyWorker(ctx.db);
  if (request.headers.get("accept") === "application/json") return json(outcomes);
  const done = outcomes.flatMap(({ code, problem }) => (problem ? [] : code));
  const failed = outcomes.flatMap(({ code, problem }) => (problem ? { code, problem } : []));
  const back = new URL(safePath(form.get("to") ?? "", "/coordinate/posts"), "http://here");
  for (const name of ["act", "done", "not"]) back.searchParams.delete(name);
  const query = [back.searchParams.toString(), reportQuery({ act: words, done, failed })].filter(Boolean).join("&");
  return redirect(`${back.pathname}?${query}`, 303);
});
