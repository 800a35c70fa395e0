import { redirect } from "@remix-run/node";
import { groupInView } from "#app/dashboard/scope.server.ts";
import { deleteView } from "#app/dashboard/views/delete-view.server.ts";
import { saveView } from "#app/dashboard/views/save-view.server.ts";
import { keptQuery } from "#app/dashboard/views/view-query.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { readForm } from "#app/web/parse-form.server.ts";

/** Keeps the list as it stands under a name, or forgets one that was kept; leads back to the list. */
export const action = guarded("coordinator", async ({ ctx, request, locale }) => {
  const { act, name = "", query = "", owner = "", view = "" } = await readForm(request);
  const { groups, chosen } = await groupInView(ctx, owner || null, locale);
  if (act === "delete") await deleteView(ctx, groups, view);
  else await saveView(ctx, { name, query, group: chosen });
  const kept = keptQuery(query);
  return redirect(`/coordinate/posts${kept && `?${kept}`}`, 303);
});
