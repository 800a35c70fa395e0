import { redirect } from "@remix-run/node";
import { joinGroup } from "#app/groups/join-group.server.ts";
import { getGroup } from "#app/groups/queries.server.ts";
import { leaveGroup } from "#app/groups/leave-group.server.ts";
import { setAlerts } from "#app/groups/set-alerts.server.ts";
import { Problem } from "#app/core/problems.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { readForm } from "#app/web/parse-form.server.ts";
import { safePath } from "#app/web/safe-path.ts";

/** My own membership of a group: joining, leaving, and what to be texted about. */
export const loader = guarded("anyone", ({ params }) =>
  redirect(`/groups/${encodeURIComponent(params["slug"] ?? "")}`, 303),
);

export const action = guarded("signed-in", async ({ ctx, request, params, locale }) => {
  const slug = params["slug"]!;
  if (!(await getGroup(ctx, slug, locale, "uncounted"))) throw new Problem("not-found");
  const form = await readForm(request);
  const back = (done: string) => redirect(safePath(form["back"], `/groups/${slug}?done=${done}#take-part`), 303);
  switch (form["do"]) {
    case "join": {
      const { state } = await joinGroup(ctx, { slug });
      return back(state === "active" ? "joined" : "asked");
    }
    case "leave":
      await leaveGroup(ctx, { slug });
      return back("left");
    case "alerts":
      await setAlerts(ctx, {
        slug,
        alerts: form["alerts"] === "yes",
        hearsClaims: form["hearsClaims"] === "yes",
        categories: form["categories"] === "shown" ? ticked(form, "category-") : undefined,
      });
      return back("saved");
    default:
      throw new Problem("invalid-input");
  }
});

const ticked = (form: Record<string, string>, prefix: string) =>
  Object.keys(form).flatMap((name) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : []));
