import { redirect } from "@remix-run/node";
import { EXPORT_REASONS } from "#app/events/event.ts";
import { csvText } from "#app/dashboard/csv.ts";
import { EXPORT_COLUMNS, exportPosts, type ExportedPost } from "#app/dashboard/out/export-posts.server.ts";
import { groupInView } from "#app/dashboard/scope.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { requireFresh } from "#app/web/require-fresh.server.ts";
import { readForm } from "#app/web/parse-form.server.ts";

/** A file is made by POST: no link, prefetch or reload makes one, and each is recorded. */
export const action = guarded("coordinator", async ({ ctx, request, locale }) => {
  const { group = "", which = "", format = "", contacts = "", why = "" } = await readForm(request);
  const reason = EXPORT_REASONS.find((one) => one === why) ?? null;
  const form = new URLSearchParams({ group, which, format, contacts, why });
  if (contacts && !reason) return redirect(`/coordinate/out?${form}&wrong=why`, 303);
  requireFresh(ctx, `/coordinate/out?${form}`);
  const { groups, chosen } = await groupInView(ctx, group || null, locale);
  const posts = await exportPosts(ctx, chosen ? [chosen] : groups, {
    open: which !== "all",
    contacts: contacts ? reason : null,
  });
  const kind = format === "json" ? "json" : "csv";
  return new Response(kind === "json" ? JSON.stringify({ posts }, null, 1) : asCsv(posts), {
    headers: {
      "Content-Type": kind === "json" ? "application/json; charset=utf-8" : "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="manyhands-posts-${ctx.now.toISOString().slice(0, 10)}.${kind}"`,
      "Cache-Control": "no-store",
    },
  });
});

const asCsv = (posts: ExportedPost[]): string =>
  csvText([
    EXPORT_COLUMNS,
    ...posts.map((post) =>
      EXPORT_COLUMNS.map((column) => {
        const value = post[column];
        return typeof value === "object" && value !== null ? JSON.stringify(value) : value;
      }),
    ),
  ]);
