import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { CoordinatorNav } from "#app/dashboard/coordinator-nav.tsx";
import { groupInView } from "#app/dashboard/scope.server.ts";
import { notifyWorker } from "#app/events/wake-worker.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { beginImport, checkImport, dropImport, previewImport, undoImport } from "#app/imports/check-import.server.ts";
import { FIELDS, type ImportField, type Mapping } from "#app/imports/columns.ts";
import { faultWords } from "#app/imports/fault-words.ts";
import type { Reading } from "#app/imports/import.ts";
import { ImportPage, type ImportPageProps } from "#app/imports/import-page.tsx";
import { getImport, keptPosts, readContent, readReport, type Import } from "#app/imports/imports.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { readForm } from "#app/web/parse-form.server.ts";
import { mistake, screenHeaders } from "#app/web/screen-headers.ts";
import { titleFromLoader } from "#app/web/title.ts";
import "#app/ui/styles/desk.css";

export const handle = { hydrate: false, desk: true };
export const meta = titleFromLoader;
export const headers = screenHeaders;

const SHOWN = 50;
const SAMPLES = 3;
const SAMPLE_LENGTH = 40;

export const loader = guarded("coordinator", async ({ ctx, params, locale }) => {
  const found = await getImport(ctx, params["id"] ?? "");
  const t = textFor(locale);
  const { groups } = await groupInView(ctx, null, locale);
  const report = await readReport(ctx, found.id);
  const data: ImportPageProps & { title: string } = {
    title: t("in.title"),
    id: found.id,
    state: found.state,
    total: found.total,
    good: found.good,
    bad: found.bad,
    done: found.done,
    group: groups.find(({ id }) => id === found.groupId)?.name ?? "",
    ...(await notBegun(ctx, found, locale)),
    badLines: (report?.bad ?? []).slice(0, SHOWN).map(({ line, faults, cells }) => ({
      line,
      words: faults.map((fault) => faultWords(t, fault)),
      cells: short(cells.filter((cell) => cell !== "").join(" · "), 3 * SAMPLE_LENGTH),
    })),
    hasReport: report !== null,
    kept: found.state === "undone" ? await keptPosts(ctx, found.id) : [],
  };
  return json(data, { headers: { "Cache-Control": "no-store" } });
});

/** The columns of the file, and of a checked one the first posts it would make. */
async function notBegun(
  ctx: PersonCtx,
  found: Import,
  locale: Locale,
): Promise<Pick<ImportPageProps, "table" | "preview">> {
  if (found.state !== "mapping" && found.state !== "checked") return { table: null, preview: [] };
  const t = textFor(locale);
  const { header, rows } = await readContent(ctx, found.id);
  const samples = (column: number) =>
    [...new Set(rows.slice(0, 200).map(({ cells }) => cells[column] ?? ""))].filter(Boolean).slice(0, SAMPLES);
  const columns = header.map((heading, column) => ({
    heading,
    samples: samples(column).map((cell) => short(cell, SAMPLE_LENGTH)),
  }));
  const preview = found.state === "checked" ? await previewImport(ctx, found) : [];
  return {
    table: { columns, reading: found.reading },
    preview: preview.map(({ line, title, quantity, place, kind }) => ({
      line,
      title,
      about: [t(`in.kind.one_${kind}`), quantity > 1 ? String(quantity) : null, place].filter(Boolean).join(" · "),
    })),
  };
}

const short = (words: string, length: number) => {
  const letters = [...words.replace(/\s+/g, " ")];
  return letters.length <= length ? letters.join("") : `${letters.slice(0, length).join("")}…`;
};

export const action = guarded("coordinator", async ({ ctx, params, request }) => {
  const id = params["id"] ?? "";
  const values = await readForm(request);
  switch (values["act"]) {
    case "check": {
      const reading = readingOf(await getImport(ctx, id), values);
      const twice = reading.mapping.find((field, at) => field && reading.mapping.indexOf(field) !== at);
      if (twice) return json({ twice, reading }, { status: 422, headers: mistake });
      await checkImport(ctx, id, reading);
      break;
    }
    case "begin":
      await again(() => beginImport(ctx, id));
      break;
    case "undo":
      await again(() => undoImport(ctx, id));
      break;
    case "drop":
      await dropImport(ctx, id);
      throw redirect("/coordinate/in", 303);
    default:
      throw new Problem("invalid-input");
  }
  notifyWorker(ctx.db);
  throw redirect(`/coordinate/in/${id}`, 303);
});

/** Pressed twice, or by two: the page shows how it stands. */
async function again(act: () => Promise<void>): Promise<void> {
  await act().catch((error: unknown) => {
    if (!(error instanceof Problem) || error.kind !== "wrong-step") throw error;
  });
}

function readingOf({ reading }: Import, values: Record<string, string>): Reading {
  const chosen = (column: number): Mapping[number] => {
    const field = values[`c-${column}`] ?? "";
    return FIELDS.includes(field as ImportField) ? (field as ImportField) : "";
  };
  return {
    mapping: reading.mapping.map((_, column) => chosen(column)),
    kind: values["kind"] === "offer" ? "offer" : "need",
    order: values["order"] === "dmy" ? "dmy" : "mdy",
    fillDown: values["fillDown"] !== undefined,
  };
}

export default function AnImport() {
  const data = useLoaderData<typeof loader>();
  const fault = useActionData<typeof action>() as { twice: string; reading: Reading } | undefined;
  const table = data.table && fault ? { ...data.table, reading: fault.reading } : data.table;
  return <ImportPage {...data} table={table} twice={fault?.twice ?? null} nav={<CoordinatorNav at="in" />} />;
}
