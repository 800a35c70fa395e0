import { describe, expect, it } from "vitest";
import { dashboardFigures } from "#app/dashboard/dashboard-figures.server.ts";
import { fairnessFigures } from "#app/dashboard/fairness.server.ts";
import { momentsOf, parseChosen } from "#app/dashboard/period.ts";
import { mondayOf } from "#app/dashboard/report/cohorts.ts";
import { wilsonInterval } from "#app/dashboard/report/interval.ts";
import { loadOf } from "#app/dashboard/report/kept.ts";
import { dashboardReport } from "#app/dashboard/report/report.server.ts";
import { csvOf, type Sheet } from "#app/dashboard/report/sheet.ts";
import { loader as file } from "#app/routes/coordinate_.dashboard[.csv].ts";
import { loader as page } from "#app/routes/coordinate_.dashboard.tsx";
import { askRoute } from "#tests/setup/ask-route.ts";
import { testCtx } from "#tests/setup/context.ts";
import { claim, coordinates, group, person, post, text } from "./rows.ts";

const now = new Date("2026-11-20T12:00:00Z"); // a Friday
const HOUR = 3_600_000;
const ago = (hours: number) => new Date(now.getTime() - hours * HOUR);
const days = (n: number) => n * 24;
const month = { from: ago(days(30)), to: now };
const ctx = testCtx({ now });

async function scene() {
  const who = await person(ctx);
  const kitchen = await group(ctx);
  return { who, kitchen, viewer: { ...ctx, person: coordinates(who, kitchen) } };
}
const closed = (reason: string, hours: number) => ({
  status: "closed",
  closed_reason: reason,
  closed_at: ago(hours),
  remaining: 0,
});

describe("time until a need is met", () => {
  it("counts who still waits, and what was closed another way for as long as it was open", async () => {
    const { who, kitchen, viewer } = await scene();
    const need = (created: number, given = {}) => post(ctx, who, kitchen, { created_at: ago(created), ...given });
    await need(100, closed("fulfilled", 90)); // 10 hours
    await need(100, closed("met_for_now", 80)); // 20 hours
    await need(100, closed("withdrawn", 70)); // watched for 30 hours
    await need(100, closed("fulfilled", 60)); // 40 hours
    await need(50); // watched for 50 hours
    const { total } = await dashboardFigures(viewer, { groupId: kitchen, ...month });
    // By hand: S(10) = 4/5, S(20) = 3/5, S(40) = 3/5 · 1/2 = 3/10. Of those met alone the median would be 20 hours.
    expect(total.medianSecondsToMet).toBe(40 * 3600);
    expect(total.p90SecondsToMet).toBeNull();
  });
});

describe("the share met by week", () => {
  it("is of the week of asking, and not said before its days are over", async () => {
    const { who, kitchen, viewer } = await scene();
    const need = (created: number, given = {}) => post(ctx, who, kitchen, { created_at: ago(created), ...given });
    await need(days(1));
    await need(days(10), closed("fulfilled", days(1))); // Tuesday of the week before: 9 days
    await need(days(23), closed("fulfilled", days(17))); // 6 days
    await need(days(23), closed("met_for_now", days(13))); // 10 days
    await need(days(23), closed("fulfilled", days(2))); // 21 days
    await need(days(23), closed("declined", days(22)));
    const { cohorts } = await dashboardReport(viewer, { groupId: kitchen, ...month });
    expect(cohorts).toEqual([
      { week: "2026-11-16", asked: 1, met7: null, met14: null },
      { week: "2026-11-09", asked: 1, met7: null, met14: null },
      { week: "2026-10-26", asked: 3, met7: 1, met14: 2 },
    ]);
  });

  it("weeks begin on Monday at midnight UTC", () => {
    expect(mondayOf(new Date("2026-11-22T23:59:59Z"))).toEqual(new Date("2026-11-16"));
    expect(mondayOf(new Date("2026-11-23T00:00:00Z"))).toEqual(new Date("2026-11-23"));
  });
});

describe("promises, load and texts", () => {
  it("are what a person counts by hand, in these groups alone", async () => {
    const { who, kitchen, viewer } = await scene();
    const [ana, bo] = [await person(ctx), await person(ctx)];
    const other = await group(ctx);
    const need = await post(ctx, who, kitchen, { created_at: ago(5), quantity: 9 });
    const foreign = await post(ctx, who, other, { created_at: ago(5), quantity: 9 });
    for (const status of ["promised", "on_the_way", "delivered", "confirmed", "released", "lapsed"]) {
      await claim(ctx, ana, need, { status });
    }
    await claim(ctx, bo, need, { status: "promised" });
    await claim(ctx, bo, foreign, { status: "promised" });
    for (const [state, error_code] of [
      ["delivered", null],
      ["sent", null],
      ["failed", "30003"],
      ["undelivered", "30003"],
      ["dead", "30007"],
      ["suppressed", null],
      ["queued", null],
    ]) {
      await text(ctx, who, kitchen, { state: state!, error_code: error_code!, segments: 2, created_at: ago(3) });
    }
    const { kept, load, texts } = await dashboardReport(viewer, { groupId: kitchen, ...month });
    expect(kept).toEqual({ confirmed: 1, delivered: 1, live: 3, released: 1, lapsed: 1 });
    expect(load).toMatchObject({ people: 2, promises: 3, median: 1, p90: 2, most: 2, topShare: 2 / 3 });
    expect(texts).toEqual({
      written: 7,
      ours: 6,
      sent: 4,
      delivered: 1,
      failures: [
        { why: "off", count: 2 },
        { why: "blocked", count: 1 },
      ],
      segments: 8,
    });
  });

  it("the busiest tenth is the tenth of people with the most", () => {
    expect(
      loadOf([
        { live: 1, people: 18 },
        { live: 6, people: 2 },
      ]).topShare,
    ).toBe(12 / 30);
    expect(loadOf([])).toMatchObject({ people: 0, median: null, most: null, topShare: null });
  });
});

describe("what is missing, and for whom", () => {
  it("is by category, area and language", async () => {
    const { who, kitchen, viewer } = await scene();
    const need = (given = {}) => post(ctx, who, kitchen, { created_at: ago(9), ...given });
    const north = { lat: 40.01, lng: -75.01, place: "North Hill" };
    await need({ ...north, locale: "es" });
    await need({ ...north, locale: "es", ...closed("expired", 1) });
    await need({ ...north, ...closed("fulfilled", 1), first_claimed_at: ago(8) });
    await need({ ...closed("withdrawn", 1) });
    const { unmet, languages, all } = await fairnessFigures(viewer, { groupId: kitchen, ...month });
    expect(unmet.areas.map(({ place }) => place)).toEqual(["North Hill", null]);
    expect(unmet.rows).toEqual([
      {
        category: null,
        cells: [
          { needs: 3, unmet: 2 },
          { needs: 1, unmet: 0 },
        ],
      },
    ]);
    expect(languages).toMatchObject([
      { language: "es", needs: 2, met: 0, waiting: 1, medianSecondsToClaim: null },
      { language: "en", needs: 2, met: 1, waiting: 0, medianSecondsToClaim: 3600 },
    ]);
    expect(all).toMatchObject({ needs: 4, met: 1, unmet: 2 });
  });

  // Table I of R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998).
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("%i of %i lies where the published table says", (count, of, low, high) => {
    const found = wilsonInterval(count, of);
    expect(found.low).toBeCloseTo(low, 4);
    expect(found.high).toBeCloseTo(high, 4);
  });
});

describe("the page, its files and the wall", () => {
  const ask = (handler: unknown, as: Parameters<typeof askRoute>[2]["as"], path: string) =>
    askRoute(ctx, handler, { as, path });

  async function coordinator() {
    const kitchen = await group(ctx);
    const who = await person(ctx);
    const row = { person_id: who.id, group_id: kitchen, role: "coordinator", created_at: now };
    await ctx.db.sql`insert into memberships ${ctx.db.sql(row)}`;
    return { kitchen, who };
  }

  it("are of the person's own groups", async () => {
    const { who } = await coordinator();
    const other = await group(ctx);
    for (const [handler, path] of [
      [page, `/coordinate/dashboard?group=g-${other}`],
      [file, `/coordinate/dashboard.csv?table=areas&group=g-${other}`],
    ] as const) {
      expect((await ask(handler, who, path)).status).toBe(403);
    }
    expect((await ask(file, who, "/coordinate/dashboard.csv?table=people")).status).toBe(404);
  });

  it("a file cannot run in a spreadsheet", async () => {
    const { who, kitchen } = await coordinator();
    const place = '=HYPERLINK("http://x")';
    await post(ctx, who, kitchen, { created_at: new Date(Date.now() - HOUR), lat: 40.01, lng: -75.01, place });
    const answer = await ask(file, who, "/coordinate/dashboard.csv?table=areas");
    expect(answer.headers.get("Content-Type")).toBe("text/csv; charset=utf-8");
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect(Array.from(bytes.subarray(0, 3))).toEqual([0xef, 0xbb, 0xbf]);
    expect(new TextDecoder().decode(bytes)).toContain(`\r\n"'=HYPERLINK(""http://x"")",1,1,`);
    const sheet: Sheet = { id: "ages", title: "", first: "@a", columns: [{ head: "-b", kind: "rate" }], rows: [] };
    sheet.rows.push({ name: "+c", values: [-1 / 3] });
    expect(csvOf(sheet)).toBe(`\uFEFF"'@a","'-b"\r\n"'+c",-0.3333\r\n`);
  });

  it("the wall counts again each minute and names nobody", async () => {
    const { who, kitchen } = await coordinator();
    const zara = await person(ctx, { name: "Zara Siddiqui" });
    await text(ctx, zara, kitchen, { state: "failed", created_at: new Date(Date.now() - HOUR) });
    const desk = await ask(page, who, "/coordinate/dashboard");
    expect(desk.headers.get("Refresh")).toBeNull();
    expect(await desk.text()).toContain("Zara");
    const wall = await ask(page, who, "/coordinate/dashboard?wall=1");
    expect(wall.headers.get("Refresh")).toBe("60");
    expect(await wall.text()).not.toContain("Zara");
  });

  it.each([
    ["from=2026-11-01&to=2026-11-07", "2026-11-01T00:00:00Z", "2026-11-08T00:00:00Z"],
    ["from=2026-11-20&to=2026-12-24", "2026-11-20T00:00:00Z", "2026-11-20T12:00:00Z"],
    ["from=2026-11-31&to=2026-12-24", "2026-10-21T00:00:00Z", "2026-11-20T12:00:00Z"],
    ["from=2026-11-09&to=2026-11-01&days=7", "2026-11-13T00:00:00Z", "2026-11-20T12:00:00Z"],
  ])("?%s is from %s to before %s", (query, from, to) => {
    const moments = momentsOf(parseChosen(new URLSearchParams(query)), now);
    expect(moments).toEqual({ from: new Date(from), to: new Date(to) });
  });
});
