import { Problem } from "#app/core/problems.ts";
import { csvText } from "#app/dashboard/csv.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { faultWords } from "#app/imports/fault-words.ts";
import { getImport, readReport } from "#app/imports/imports.server.ts";
import { guarded } from "#app/web/guarded.server.ts";

/** The lines that could not be brought in, each with why, as a file to mend and bring in again. */
export const action = guarded("coordinator", async ({ ctx, params, locale }) => {
  const { id } = await getImport(ctx, params["id"] ?? "");
  const report = await readReport(ctx, id);
  if (!report) throw new Problem("not-found");
  const t = textFor(locale);
  const rows = report.bad.map(({ line, faults, cells }) => [
    line,
    faults.map((fault) => faultWords(t, fault)).join(" "),
    ...report.header.map((_, column) => cells[column] ?? ""),
  ]);
  return new Response(csvText([[t("in.file.line"), t("in.file.why"), ...report.header], ...rows]), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": 'attachment; filename="manyhands-lines-to-mend.csv"',
      "Cache-Control": "no-store",
    },
  });
});
