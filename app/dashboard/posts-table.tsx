import { useTable } from "@tanstack/react-table";
import { useMemo } from "react";
import { useLocale, useText } from "#app/i18n/use-text.ts";
import { ColumnHead, DataTable, EmptyState, LinkButton, Pager } from "#app/ui/index.ts";
import { chosenValue } from "./bulk/bulk.ts";
import { PostCell } from "./post-cell.tsx";
import { isLate, PAGE_SIZE, queryOf, USUAL_VIEW, type ColumnId, type ListView, type PostRow } from "./post-list.ts";
import type { FreshRows } from "./use-fresh-rows.ts";
import { clampPage, pageCount } from "./post-order.ts";
import type { WhoIsHere } from "./use-here.ts";
import { features, holdsAllWords, postColumns, tableState, WORDS_COLUMN } from "./posts-model.ts";

type Props = {
  rows: PostRow[];
  view: ListView;
  /** Set when `rows` is one page that the server filtered and sorted: how many there are in all. */
  serverTotal: number | null;
  /** When the rows were read, Unix milliseconds. */
  now: number;
  /** What is different by now; null where a post is gone. */
  fresh?: FreshRows;
  /** Rows can be chosen. */
  choosing?: Choosing;
  /** Who else is on a row right now. */
  here?: WhoIsHere;
};
export type Choosing = { chosen: ReadonlyMap<string, number>; choose: (rows: readonly PostRow[], on: boolean) => void };

const NUMBERS: readonly ColumnId[] = ["left"];

/** The list as a table. Heads and pages are links, so it works without script; with all rows here nothing is fetched. */
export function PostsTable({ rows, view, serverTotal, now, fresh, choosing, here }: Props) {
  const t = useText();
  const locale = useLocale();
  const columns = useMemo(() => postColumns(locale, now), [locale, now]);
  const onServer = serverTotal !== null;
  const state = useMemo(() => tableState(view), [view]);
  const table = useTable({
    features,
    columns,
    data: rows,
    state,
    manualFiltering: onServer,
    manualSorting: onServer,
    globalFilterFn: holdsAllWords as never,
    getColumnCanGlobalFilter: (column) => column.id === WORDS_COLUMN,
    getRowId: (row) => row.code,
  });
  const sorted = table.getRowModel().rows;
  const total = serverTotal ?? sorted.length;
  const page = clampPage(view.page, total);
  const shown = onServer ? sorted : sorted.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
  const asIs = shown.map((row) => fresh?.get(row.id) ?? row.original);
  if (total === 0) return <NothingHere view={view} />;
  return (
    <>
      <DataTable id="posts" caption={t("dashboard.posts.count", { n: total })}>
        <thead>
          <tr>
            {choosing && <ChooseAll rows={asIs} {...choosing} />}
            {table.getVisibleLeafColumns().map(({ id }) => (
              <SortHead key={id} id={id as ColumnId} view={view} />
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={row.id} data-code={row.id} className={rowLook(row.original, fresh?.get(row.id), now)}>
              {choosing && <Choose row={fresh?.get(row.id) ?? row.original} {...choosing} />}
              {row.getVisibleCells().map((cell) => (
                <PostCell
                  key={cell.id}
                  id={cell.column.id as ColumnId}
                  row={fresh?.get(row.id) ?? row.original}
                  now={now}
                  here={here?.get(row.id)}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </DataTable>
      <Pages view={view} page={page} total={total} />
    </>
  );
}

function ChooseAll({ rows, chosen, choose }: { rows: readonly PostRow[] } & Choosing) {
  const t = useText();
  return (
    <td className="choose">
      <input
        type="checkbox"
        aria-label={t("bulk.choose_all")}
        checked={rows.length > 0 && rows.every(({ code }) => chosen.has(code))}
        onChange={(event) => choose(rows, event.currentTarget.checked)}
      />
    </td>
  );
}

/** What is sent is the revision that was seen when it was chosen. */
function Choose({ row, chosen, choose }: { row: PostRow } & Choosing) {
  const t = useText();
  const revision = chosen.get(row.code);
  return (
    <td className="choose">
      <input
        type="checkbox"
        name="row"
        value={chosenValue({ code: row.code, revision: revision ?? row.revision })}
        aria-label={t("bulk.choose", { title: row.title })}
        checked={revision !== undefined}
        onChange={(event) => choose([row], event.currentTarget.checked)}
      />
    </td>
  );
}

function rowLook(row: PostRow, fresh: PostRow | null | undefined, now: number): string | undefined {
  if (fresh === null) return "gone";
  const looks = [isLate(fresh ?? row, now) && "late", fresh && "changed"].filter(Boolean);
  return looks.join(" ") || undefined;
}

/** Pressing the head of the column it is sorted by turns it round; age and urgency begin with the most. */
function SortHead({ id, view }: { id: ColumnId; view: ListView }) {
  const t = useText();
  const sorted = view.sort === id;
  const descending = sorted ? !view.descending : ["age", "urgency", "left"].includes(id);
  return (
    <ColumnHead
      number={NUMBERS.includes(id)}
      sort={{
        href: `/coordinate/posts${queryOf({ ...view, sort: id, descending, page: 1 })}`,
        direction: sorted ? (view.descending ? "descending" : "ascending") : undefined,
      }}
    >
      {t(`dashboard.col.${id}`)}
    </ColumnHead>
  );
}

function Pages({ view, page, total }: { view: ListView; page: number; total: number }) {
  const t = useText();
  const pages = pageCount(total);
  const link = (to: number, text: string) => ({ href: `/coordinate/posts${queryOf({ ...view, page: to })}`, text });
  return (
    <Pager
      label={t("dashboard.posts.pages")}
      previous={page > 1 ? link(page - 1, t("dashboard.posts.previous")) : null}
      next={page < pages ? link(page + 1, t("dashboard.posts.next")) : null}
    >
      {t("dashboard.posts.page", { page, pages })}
    </Pager>
  );
}

function NothingHere({ view }: { view: ListView }) {
  const t = useText();
  const filtered = queryOf({ ...view, sort: "age", descending: true, columns: USUAL_VIEW.columns, page: 1 }) !== "";
  if (!filtered) {
    return (
      <EmptyState title={t("dashboard.posts.none.first")}>
        <p>{t("dashboard.posts.none.first_help")}</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={t("dashboard.posts.none")}
      action={
        <LinkButton look="plain" href="/coordinate/posts">
          {t("dashboard.posts.clear")}
        </LinkButton>
      }
    />
  );
}
