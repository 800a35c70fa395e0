import { Problem } from "#app/core/problems.ts";
import { readPage } from "#app/dashboard/report/read-page.server.ts";
import { csvOf, SHEET_IDS } from "#app/dashboard/report/sheet.ts";
import { SHEETS } from "#app/dashboard/report/sheets.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { guarded } from "#app/web/guarded.server.ts";

/** One table of the dashboard as a file, in the reader's language: `?table=cohorts` and the page's own filters. Counts only: no names, no numbers of phones. */
export const loader = guarded("coordinator", async ({ ctx, request, locale }) => {
  const query = new URL(request.url).searchParams;
  const table = SHEET_IDS.find((id) => id === query.get("table"));
  if (!table) throw new Problem("not-found");
  const { dashboard, report, fairness } = await readPage(ctx, query, locale);
  const numbers = { report, fairness, ages: dashboard.total.ages, groups: dashboard.groups };
  return new Response(csvOf(SHEETS[table](numbers, { t: textFor(locale), locale })), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="manyhands-${table}.csv"`,
      "Cache-Control": "no-store",
    },
  });
});
