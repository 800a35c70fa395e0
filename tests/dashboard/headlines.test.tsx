import { I18nProvider } from "@lingui/react";
import fc from "fast-check";
import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it, vi } from "vitest";
import { newCode, newId } from "#app/core/ids.server.ts";
import type { SignedIn } from "#app/core/ctx.ts";
import { JoinRequests } from "#app/dashboard/joining.tsx";
import { NowPage } from "#app/dashboard/now/now-page.tsx";
import { WORRIES } from "#app/dashboard/now/now.ts";
import { unpackRows } from "#app/dashboard/packed-rows.ts";
import { PeoplePage } from "#app/dashboard/people/people-page.tsx";
import { DashboardPage } from "#app/dashboard/report/dashboard-page.tsx";
import { ShiftPage } from "#app/dashboard/shift/shift-page.tsx";
import { ageWords } from "#app/dashboard/spans.ts";
import { i18nFor, textFor } from "#app/i18n/catalogues.server.ts";
import { loader as overview } from "#app/routes/coordinate.tsx";
import { loader as dashboard } from "#app/routes/coordinate_.dashboard.tsx";
import { loader as peopleList } from "#app/routes/coordinate_.people.tsx";
import { loader as postList } from "#app/routes/coordinate_.posts.tsx";
import { loader as shiftChange } from "#app/routes/coordinate_.shift.tsx";
import { askRoute } from "#tests/setup/ask-route.ts";
import { testCtx } from "#tests/setup/context.ts";
import { group, person } from "./rows.ts";

// Every number at the head of the coordinators' pages, held against the list its link leads to, as a person would: the page
// is drawn, its number is read from its words, its link is followed, and the rows there are counted.

vi.mock("#app/dashboard/coordinator-nav.tsx", () => ({ CoordinatorNav: () => null }));

const ctx = testCtx();
const { sql } = ctx.db;
const HOUR = 3_600_000;
const t = textFor("en");

/** Never within minutes of a border of the rules: the clock of the pages goes on. */
const hours = (...some: number[]) => fc.constantFrom(...some);
const aPost = fc.record({
  group: fc.nat(2),
  kind: fc.constantFrom("need", "need", "need", "offer"),
  age: hours(1, 3.5, 20, 47.5, 48.5, 60, 100, 200),
  state: fc.constantFrom("open", "open", "open", "partly", "covered", "in_review", "fulfilled", "withdrawn", "expired"),
  claimed: fc.boolean(),
  closed: hours(1, 100, 200),
  wave: fc.constantFrom("none", "over", "going"),
  watcher: fc.option(fc.nat(2)),
});
const aClaim = fc.record({
  post: fc.nat(99),
  by: fc.nat(99),
  status: fc.constantFrom("promised", "promised", "promised", "on_the_way", "delivered", "released"),
  due: hours(-30, -1, 1, 2.5, 3.5, 10, 40),
  quiet: hours(0.5, 5, 30),
  nudged: fc.option(hours(0.5, 20)),
});
const aText = fc.record({
  group: fc.nat(2),
  to: fc.nat(99),
  state: fc.constantFrom("undelivered", "failed", "dead", "delivered", "queued"),
  age: hours(2, 100, 167, 169),
});
const aMember = fc.record({
  group: fc.nat(2),
  state: fc.constantFrom("asked", "active", "active", "active", "left"),
  role: fc.constantFrom("volunteer", "volunteer", "coordinator"),
  alerts: fc.boolean(),
  phone: fc.boolean(),
  resting: fc.boolean(),
  stopped: fc.boolean(),
  asked: fc.array(fc.record({ post: fc.nat(99), age: hours(5, 100, 1000) }), { maxLength: 2 }),
  /** In another group as well. */
  also: fc.option(fc.nat(2)),
});
/** Few of everything, or so many that no page shows all of it at once. */
const aWorld = fc.constantFrom(0, 1).chain((many) =>
  fc.record({
    posts: fc.array(aPost, { minLength: 1 + 60 * many, maxLength: 40 + 80 * many, size: "max" }),
    claims: fc.array(aClaim, { minLength: 200 * many, maxLength: 20 + 230 * many, size: "max" }),
    texts: fc.array(aText, { maxLength: 25, size: "max" }),
    members: fc.array(aMember, { maxLength: 30, size: "max" }),
    note: fc.option(hours(2, 30)),
  }),
);
type World = typeof aWorld extends fc.Arbitrary<infer W> ? W : never;

const LEFT: Record<string, number> = { open: 4, partly: 2, in_review: 4 };

/** Two groups the reader coordinates and one that is none of theirs. */
async function made(world: World) {
  const now = Date.now();
  const ago = (h: number) => new Date(now - h * HOUR);
  const rosa = await person(ctx, { name: "Rosa" });
  const groups = [await group(ctx), await group(ctx), await group(ctx)];
  const many = (table: string, rows: object[]) =>
    rows.length > 0 ? sql`insert into ${sql(table)} ${sql(rows as Record<string, string>[])}` : null;
  const base = { created_at: ago(300) };
  await many(
    "memberships",
    groups.slice(0, 2).map((id) => ({ person_id: rosa.id, group_id: id, role: "coordinator", alerts: false, ...base })),
  );

  const people = world.members.map((one) => ({ ...one, id: newId() }));
  await many(
    "people",
    people.map(({ id, phone, resting }) => ({
      id,
      phone_sealed: phone ? "sealed" : null,
      phone_lookup: `of-${id}`,
      paused_until: resting ? ago(-20) : null,
      ...base,
    })),
  );
  await many(
    "memberships",
    people.flatMap(({ id, group: first, also, state, role, alerts }) =>
      [...new Set([first, also ?? first])].map((at) => ({
        person_id: id,
        group_id: groups[at],
        state,
        role,
        alerts,
        ...base,
      })),
    ),
  );
  await many(
    "consent_events",
    people
      .filter(({ stopped }) => stopped)
      .map(({ id }) => ({ phone_lookup: `of-${id}`, action: "out", source: "keyword", at: ago(1) })),
  );

  const posts = world.posts.map((one) => ({ ...one, id: newId() }));
  await many(
    "posts",
    posts.map(({ id, group: at, kind, age, state, claimed, closed }) => {
      const over = !["open", "partly", "covered", "in_review"].includes(state);
      return {
        id,
        code: newCode(8),
        kind,
        group_id: groups[at],
        author_id: rosa.id,
        title: "Soup",
        quantity: 4,
        remaining: LEFT[state] ?? 0,
        status: over ? "closed" : state === "in_review" ? "in_review" : "open",
        closed_reason: over ? state : null,
        closed_at: over ? ago(Math.min(closed, age)) : null,
        first_claimed_at: claimed ? ago(age / 2) : null,
        manage_hash: id,
        expires_at: ago(-500),
        created_at: ago(age),
        updated_at: ago(age),
      };
    }),
  );
  const at = <T,>(list: readonly T[], n: number) => list[n % list.length]!;
  const waves = posts.filter(({ wave }) => wave !== "none");
  await many(
    "waves",
    waves.map(({ id, wave }) => ({ post_id: id, next_at: wave === "over" ? null : ago(-1), updated_at: ago(1) })),
  );
  const watched = posts.filter(({ watcher }) => watcher !== null);
  await many(
    "post_watchers",
    watched.map(({ id, watcher }) => ({ post_id: id, group_id: groups[watcher!], person_id: rosa.id, ...base })),
  );
  const them: { id: string }[] = people.length > 0 ? people : [rosa];
  await many(
    "claims",
    world.claims.map(({ post, by, status, due, quiet, nudged }) => {
      const id = newId();
      return {
        id,
        post_id: at(posts, post).id,
        person_id: at(them, by).id,
        quantity: 1,
        status,
        due_at: ago(-due),
        lapses_at: ago(-due - 20),
        nudged_at: nudged === null ? null : ago(nudged),
        idempotency_key: id,
        request_hash: id,
        created_at: ago(quiet),
        updated_at: ago(quiet),
      };
    }),
  );
  await many(
    "outbox",
    world.texts.map(({ group: which, to, state, age }) => {
      const id = newId();
      const row = {
        id,
        dedupe_key: id,
        person_id: at(them, to).id,
        group_id: groups[which],
        template: "need_published",
        lane: 5,
        state,
      };
      return { ...row, not_before: ago(age), expires_at: ago(age), created_at: ago(age), updated_at: ago(age) };
    }),
  );
  const asks = new Map(
    people.flatMap(({ id, asked }) =>
      asked.map(
        ({ post, age }) =>
          [
            `${id} ${at(posts, post).id}`,
            { post_id: at(posts, post).id, person_id: id, wave: 1, asked_at: ago(age) },
          ] as const,
      ),
    ),
  );
  await many("asks", [...asks.values()]);
  if (world.note !== null) {
    const id = newId();
    const words = ctx.seal.seal("Milk is low.", { table: "shift_notes", column: "words_sealed", row: id });
    await many("shift_notes", [
      { id, group_id: groups[0], person_id: rosa.id, words_sealed: words, created_at: ago(world.note) },
    ]);
  }
  return { rosa, slugs: ["", `g-${groups[0]}`, `g-${groups[1]}`] };
}

/* What a person does with a page. */

const draw = (page: ReactElement) => renderToStaticMarkup(<I18nProvider i18n={i18nFor("en")}>{page}</I18nProvider>);
const plain = (html: string) => html.replaceAll(/<[^>]*>/g, "").replaceAll("&amp;", "&");
/** The number a sentence begins with; none is 0 ("Nobody …"). */
const numberIn = (html: string) => Number(/^\s*(\d[\d,]*)/.exec(plain(html))?.[1]!.replaceAll(",", "") ?? 0);
const hrefIn = (html: string) => /<a href="([^"]+)"/.exec(html)?.[1]?.replaceAll("&amp;", "&") ?? null;
const linesIn = (html: string) => html.match(/<li>/g)?.length ?? 0;
const sections = (html: string) => html.match(/<section[^]*?<\/section>/g) ?? [];
const headIn = (html: string, level: 1 | 2) =>
  new RegExp(`<h${level}[^>]*>(.*?)</h${level}>`, "s").exec(html)?.[1] ?? "";
const figuresIn = (html: string) =>
  [
    ...html.matchAll(
      /<div class="figure[^"]*"><span class="meta">(?:<a href="([^"]+)">)?(.*?)(?:<\/a>)?<\/span><b>(.*?)<\/b>/g,
    ),
  ].map(([, href, label, value]) => ({
    href: href?.replaceAll("&amp;", "&"),
    label: plain(label!),
    value: plain(value!),
  }));

/** How often links of each kind were followed: a test that follows none proves nothing. */
const followed = new Map<string, number>();
const count = (kind: string) => followed.set(kind, (followed.get(kind) ?? 0) + 1);

type NowData = Omit<Parameters<typeof NowPage>[0], "joining"> & { joining: { asking: never[]; total: number } };

function reader(rosa: SignedIn) {
  const load = async <T,>(handler: unknown, path: string): Promise<T> => {
    const answer = await askRoute(ctx, handler, { as: rosa, path });
    expect(answer.status, path).toBe(200);
    return (await answer.json()) as T;
  };
  const now = async (path: string) => {
    const { joining, ...data } = await load<NowData>(overview, path);
    return draw(
      <NowPage {...data} nav={null} joining={joining.total > 0 && <JoinRequests {...joining} group={data.group} />} />,
    );
  };
  const people = async (path: string) => {
    const data = await load<Parameters<typeof PeoplePage>[0]>(peopleList, path);
    return { data, html: draw(<PeoplePage {...data} nav={null} />) };
  };
  const shift = async (path: string) => {
    const data = await load<Parameters<typeof ShiftPage>[0]>(shiftChange, path);
    return draw(<ShiftPage {...data} wrong={null} nav={null} />);
  };
  const report = async (path: string) => {
    const data = await load<Parameters<typeof DashboardPage>[0]>(dashboard, path);
    return { data, html: draw(<DashboardPage {...data} />) };
  };
  const posts = async (path: string) => {
    const data = (await load(postList, path)) as { total: number; packed: never; now: number };
    return { total: data.total, rows: unpackRows(data.packed), now: data.now };
  };
  /** How many things the list at an address has. */
  const follow = async (href: string): Promise<number> => {
    const { pathname, searchParams } = new URL(href, "http://here");
    count(searchParams.has("only") ? "see all" : pathname.slice("/coordinate/".length));
    if (pathname === "/coordinate/posts") return (await posts(href)).total;
    if (pathname === "/coordinate/people") return (await people(href)).data.heads;
    if (pathname === "/coordinate" && searchParams.has("only")) return linesIn(await now(href));
    throw new Error(`no list is known at ${href}`);
  };
  return { now, people, shift, report, posts, follow };
}
type Reader = ReturnType<typeof reader>;
const withGroup = (path: string, slug: string, more = "") => {
  const query = [slug && `group=${slug}`, more].filter(Boolean).join("&");
  return query ? `${path}?${query}` : path;
};

/** The sentence at the head of a page and the list it links to. */
async function headlineHolds(html: string, read: Reader) {
  const header = /<header>[^]*?<\/header>/.exec(html)![0];
  const href = hrefIn(header);
  const says = numberIn(headIn(header, 1)) || numberIn(header.replace(/<h1[^]*<\/h1>/, ""));
  expect(href === null ? 0 : await read.follow(href), plain(header)).toBe(says);
}

async function nowHolds(slug: string, read: Reader) {
  const html = await read.now(withGroup("/coordinate", slug));
  await headlineHolds(html, read);
  const said: Record<string, number> = {};
  for (const section of sections(html)) {
    const [says, more] = [
      numberIn(headIn(section, 2)),
      hrefIn(/<p class="meta">.*?<\/p>(?=<\/section>)/.exec(section)?.[0] ?? ""),
    ];
    expect(more === null ? linesIn(section) : await read.follow(more), plain(headIn(section, 2))).toBe(says);
    said[/id="worry-(\w+)"/.exec(section)?.[1] ?? "joining"] = says;
  }
  for (const worry of WORRIES) {
    const alone = await read.now(withGroup("/coordinate", slug, `only=${worry}`));
    expect(linesIn(alone), worry).toBe(said[worry] ?? 0);
    expect(numberIn(headIn(alone, 1)), worry).toBe(said[worry] ?? 0);
  }
  expect((await read.people(withGroup("/coordinate/people", slug, "show=asking"))).data.total).toBe(
    said["joining"] ?? 0,
  );
}

async function dashboardHolds(slug: string, period: string, read: Reader) {
  const { data, html } = await read.report(withGroup("/coordinate/dashboard", slug, period));
  await headlineHolds(html, read);
  const linked = figuresIn(html).filter(({ href }) => href);
  expect(linked.map(({ label }) => label)).toEqual([
    t("dashboard.open"),
    t("dashboard.oldest"),
    t("dashboard.fair.never"),
  ]);
  for (const { href, label, value } of linked) {
    if (label !== t("dashboard.oldest")) expect(await read.follow(href!), label).toBe(numberIn(value));
    else {
      const { rows, now } = await read.posts(href!);
      const oldest = Math.max(...rows.map(({ createdAt }) => now - createdAt)) / 1000;
      expect(value).toBe(rows.length > 0 ? ageWords(t, oldest) : t("dashboard.oldest.none"));
    }
  }
  for (const one of data.groups) {
    const { id: _id, slug: its, name: _name, ...figures } = one;
    const alone = (await read.report(withGroup("/coordinate/dashboard", its, period))).data.total;
    const { oldestSeconds, ...rest } = alone;
    expect(figures).toMatchObject(rest);
    expect(Math.abs((figures.oldestSeconds ?? 0) - (oldestSeconds ?? 0))).toBeLessThan(5);
  }
}

async function shiftHolds(slug: string, more: string, read: Reader) {
  const html = await read.shift(withGroup("/coordinate/shift", slug, more));
  for (const at of [2, 3]) {
    const section = sections(html)[at]!;
    const all = hrefIn(section.slice(section.lastIndexOf("</ul>")));
    if (all !== null) count("shift");
    const shown = all === null ? section : sections(await read.shift(all))[at]!;
    expect(linesIn(shown), plain(headIn(section, 2))).toBe(numberIn(headIn(section, 2)));
  }
}

async function peopleHold(slug: string, read: Reader) {
  const { data, html } = await read.people(withGroup("/coordinate/people", slug));
  const asking = (await read.people(withGroup("/coordinate/people", slug, "show=asking"))).data;
  expect(numberIn(/<p class="lede">(.*?)<\/p>/.exec(html)![1]!)).toBe(asking.total);
  expect(linesIn(/<ul class="plain settle"[^]*?<\/ul>/.exec(html)?.[0] ?? "")).toBe(asking.total);
  const caption = /<caption[^>]*>(.*?)<\/caption>/.exec(html)?.[1] ?? "";
  expect(numberIn(caption)).toBe(new Set(data.people.map(({ personId }) => personId)).size);
}

describe("every number at the head of the coordinators' pages", () => {
  it("is the length of the list behind its link, in any world", { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(aWorld, async (world) => {
        const { rosa, slugs } = await made(world);
        const read = reader(rosa);
        for (const slug of slugs) {
          await nowHolds(slug, read);
          await shiftHolds(slug, "hours=24", read);
          await peopleHold(slug, read);
        }
        await dashboardHolds(slugs[0]!, "", read);
        await dashboardHolds(slugs[1]!, "days=7", read);
        await shiftHolds("", "", read);
      }),
      { numRuns: 10, interruptAfterTimeLimit: 120_000 },
    );
    for (const kind of ["see all", "posts", "people", "shift"])
      expect(followed.get(kind) ?? 0, kind).toBeGreaterThan(3);
  });
});
