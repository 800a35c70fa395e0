import { I18nProvider } from "@lingui/react";
import fc from "fast-check";
import { renderToString } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { MIN_AGES, STATES, USUAL_VIEW, type ListView, type PostRow } from "#app/dashboard/post-list.ts";
import { pageOf } from "#app/dashboard/post-order.ts";
import { PostsTable } from "#app/dashboard/posts-table.tsx";
import { i18nFor } from "#app/i18n/catalogues.server.ts";
import { aView } from "./views.ts";

const now = Date.parse("2026-11-20T12:00:00Z");
const titles = ["Hot meals", "hot Meals 10", "hot meals 9", "Camión", "Árboles", "بطانيات", "Zucchini"];

const aRow = fc.record({
  createdAt: fc.oneof(fc.constant(now - MIN_AGES["2d"]), fc.integer({ min: now - 2 * MIN_AGES["4d"], max: now })),
  kind: fc.constantFrom("need" as const, "offer" as const),
  state: fc.constantFrom(...STATES),
  urgency: fc.constantFrom("normal" as const, "soon" as const, "urgent" as const),
  title: fc.constantFrom(...titles),
  quantity: fc.constant(9),
  remaining: fc.nat(9),
  unit: fc.option(fc.constant("meals")),
  group: fc.constantFrom("kitchen", "library"),
  category: fc.option(fc.constantFrom("Hot meals", "Books")),
  place: fc.option(fc.constant("Maple Park")),
  promisedBy: fc.array(fc.constantFrom("Maria", "Lee"), { maxLength: 2 }),
  revision: fc.nat({ max: 9 }),
});
const someRows: fc.Arbitrary<PostRow[]> = fc
  .array(aRow, { maxLength: 120 })
  .map((rows) => rows.map((row, at) => ({ ...row, code: `C${at}`, groupName: row.group.toUpperCase() })));

const render = (rows: PostRow[], view: ListView, serverTotal: number | null) =>
  renderToString(
    <I18nProvider i18n={i18nFor("en")}>
      <PostsTable rows={rows} view={view} serverTotal={serverTotal} now={now} />
    </I18nProvider>,
  );

const codesIn = (html: string) => [...html.matchAll(/href="\/coordinate\/posts\/(\w+)"/g)].map((match) => match[1]);

describe("the table", () => {
  it("shows from all rows what the server shows page by page, for any view", () => {
    fc.assert(
      fc.property(someRows, aView, fc.constantFrom("", "hot meals", "camion", "maria", "10"), (rows, any, q) => {
        const view = { ...any, q };
        const page = pageOf(rows, view, { now, locale: "en" });
        const here = render(rows, view, null);
        expect(codesIn(here)).toEqual(page.rows.map((row) => row.code));
        expect(here).toBe(render(page.rows, view, page.total));
      }),
      { numRuns: 150 },
    );
  });

  it("shows the chosen columns, and marks the one it is sorted by", () => {
    const row = { ...USUAL_ROW, code: "4F2K" };
    const html = render([row], { ...USUAL_VIEW, columns: ["title", "place"], sort: "place", descending: false }, null);
    expect(html.match(/<th scope="col"/g)).toHaveLength(2);
    expect(html).toMatch(/aria-sort="ascending"><a href="[^"]*sort=-place/);
    expect(html).toContain("Maple Park");
    expect(html).not.toContain("Maria");
  });

  it("says kindly when nothing fits, and leads back", () => {
    expect(render([], { ...USUAL_VIEW, q: "xyz" }, null)).toContain("Clear the filters");
    expect(render([], USUAL_VIEW, 0)).toContain("Nothing has been posted yet");
  });
});

const USUAL_ROW: PostRow = {
  code: "4F2K",
  createdAt: now - 3_600_000,
  kind: "need",
  state: "open",
  urgency: "normal",
  title: "Hot meals",
  quantity: 4,
  remaining: 2,
  unit: "meals",
  group: "kitchen",
  groupName: "Kitchen",
  category: "Hot meals",
  place: "Maple Park",
  promisedBy: ["Maria"],
  revision: 0,
};
