import { csvText } from "#app/dashboard/csv.ts";
import { EXPORT_COLUMNS, exportPosts, type ExportedPost } from "#app/dashboard/out/export-posts.server.ts";
import { groupInView } from "#app/dashboard/scope.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { readForm } from "#app/web/parse-form.server.ts";

/** A file is made by POST: no link, prefetch or reload makes one, and each is recorded. */
export const action = guarded("coordinator", async ({ ctx, request, locale }) => {
  const { group, which, format, contacts } = await readForm(request);
  const { groups, chosen } = await groupInView(ctx, group || null, locale);
  const posts = await exportPosts(ctx, chosen ? [chosen] : groups, {
    open: which !== "all",
    contacts: contacts === "yes",
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
