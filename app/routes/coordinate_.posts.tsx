import { json } from "@remix-run/node";
import {
  useLoaderData,
  useLocation,
  useNavigate,
  useNavigationType,
  type ShouldRevalidateFunctionArgs,
} from "@remix-run/react";
import { useMemo, useState, type MouseEvent } from "react";
import { answerChoices } from "#app/dashboard/answer-choices.server.ts";
import { BulkForm } from "#app/dashboard/bulk/bulk-form.tsx";
import { parseReport } from "#app/dashboard/bulk/bulk.ts";
import { bulkChoices } from "#app/dashboard/bulk/choices.server.ts";
import { KeysHelp } from "#app/dashboard/bulk/keys-help.tsx";
import { CoordinatorNav } from "#app/dashboard/coordinator-nav.tsx";
import { LiveLine } from "#app/dashboard/live-line.tsx";
import { packRows, unpackRows } from "#app/dashboard/packed-rows.ts";
import { MOST_ROWS, parseView, queryOf } from "#app/dashboard/post-list.ts";
import { pageOf } from "#app/dashboard/post-order.ts";
import { postRows } from "#app/dashboard/post-rows.server.ts";
import { PostsFilters } from "#app/dashboard/posts-filters.tsx";
import { PostsTable } from "#app/dashboard/posts-table.tsx";
import { answersHere } from "#app/dashboard/use-all-rows.ts";
import { useListRows } from "#app/dashboard/use-list-rows.ts";
import { listViews } from "#app/dashboard/views/list-views.server.ts";
import { ViewLinks } from "#app/dashboard/views/view-links.tsx";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { useText } from "#app/i18n/use-text.ts";
import { newestChange } from "#app/live/changes.server.ts";
import { LinkButton, Notice } from "#app/ui/index.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { titleFromLoader } from "#app/web/title.ts";
import "#app/ui/styles/desk.css";
import "#app/dashboard/dashboard.css";

export const handle = { desk: true };
export const meta = titleFromLoader;

export const loader = guarded("coordinator", async ({ ctx, request, locale }) => {
  const query = new URL(request.url).searchParams;
  const view = parseView(query);
  const liveFrom = await newestChange(ctx.db);
  const { rows, complete, groups } = await postRows(ctx, view, locale);
  const t = textFor(locale);
  const [choices, views, answers] = await Promise.all([
    bulkChoices(ctx, groups, locale),
    listViews(ctx, groups),
    answerChoices(ctx, groups, t, locale),
  ]);
  const now = ctx.now.getTime();
  const page = pageOf(rows, view, { now, locale });
  const data = {
    title: t("dashboard.nav.posts"),
    now,
    liveFrom,
    total: page.total,
    complete,
    groups: groups.map(({ slug, name }) => ({ slug, name })),
    packed: packRows(page.rows),
    choices,
    views,
    answers,
    report: parseReport(query),
  };
  return json(data, { headers: { "Cache-Control": "no-store" } });
});

const FROM_FORM = "from-form";

/** Once all rows are in the browser a new filter or page is a new address, and nothing is fetched. */
export function shouldRevalidate({ currentUrl, nextUrl, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs) {
  return currentUrl.pathname === nextUrl.pathname && answersHere(parseView(nextUrl.searchParams))
    ? false
    : defaultShouldRevalidate;
}

export default function CoordinatePostsPage() {
  const t = useText();
  const location = useLocation();
  const { search } = location;
  const navigate = useNavigate();
  const data = useLoaderData<typeof loader>();
  const view = useMemo(() => parseView(new URLSearchParams(search)), [search]);
  const pageRows = useMemo(() => unpackRows(data.packed as Parameters<typeof unpackRows>[0]), [data.packed]);
  const list = useListRows({ view, pageRows, now: data.now, liveFrom: data.liveFrom });
  const { all } = list;

  const key = useFormKey(location);
  const go = (query: string, how: { replace?: boolean; state?: string } = {}) =>
    navigate(`/coordinate/posts${query}`, { ...how, preventScrollReset: true });
  const filter = (form: HTMLFormElement, typing: boolean) => {
    if (typing && !all) return;
    const wanted = new URLSearchParams(new FormData(form) as never);
    go(queryOf(parseView(wanted)), { replace: typing, state: FROM_FORM });
  };
  const stayHere = (event: MouseEvent) => {
    const link = (event.target as Element).closest("a");
    if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey)
      return;
    if (link.pathname !== "/coordinate/posts" || link.origin !== window.location.origin || link.hash) return;
    event.preventDefault();
    go(link.search);
  };
  return (
    <div className="list-page" onClick={stayHere}>
      <h1>{t("dashboard.nav.posts")}</h1>
      <CoordinatorNav at="posts" />
      <p className="row">
        <LinkButton look="ask" href="/coordinate/posts/new">
          {t("acts.caller")}
        </LinkButton>
      </p>
      <PostsFilters key={key} view={view} groups={data.groups} answers={data.answers} onChange={filter} />
      {!all && !data.complete && <Notice look="wait">{t("dashboard.posts.more", { n: MOST_ROWS })}</Notice>}
      <ViewLinks views={data.views} view={view} groups={data.groups} />
      <LiveLine {...list} onShow={list.show} />
      <BulkForm
        choices={data.choices}
        rows={list.rows}
        touched={list.changed}
        report={data.report}
        to={`/coordinate/posts${queryOf(view)}`}
      >
        {(choosing) => (
          <PostsTable
            view={view}
            now={list.now}
            rows={list.rows}
            fresh={list.fresh}
            serverTotal={all ? null : data.total}
            choosing={choosing}
            here={list.here}
          />
        )}
      </BulkForm>
      <KeysHelp />
    </div>
  );
}

/** A key that changes when the address changes under the form (Back, a cleared filter), not while somebody types in it. */
function useFormKey({ search, state }: { search: string; state: unknown }): number {
  const [form, setForm] = useState({ search, key: 0 });
  const typed = useNavigationType() !== "POP" && state === FROM_FORM;
  if (form.search !== search) setForm({ search, key: typed ? form.key : form.key + 1 });
  return form.key;
}
