import type { BrowserContext, Page } from "playwright-core";
import { EVERYBODY } from "#app/broadcasts/audience.ts";
import { getBroadcast } from "#app/broadcasts/get-broadcast.server.ts";
import { saveDraft, saveWords } from "#app/broadcasts/save-draft.server.ts";
import { submitBroadcast } from "#app/broadcasts/submit-broadcast.server.ts";
import { hashToken, newId, newToken } from "#app/core/ids.server.ts";
import { manageToken } from "#app/posts/manage-token.server.ts";
import { signedInAs } from "#tests/factories.ts";
import type { World } from "./world.ts";

export type Who = "visitor" | "volunteer" | "coordinator";

/** One page as somebody may meet it. */
export type Sight = {
  name: string;
  who: Who;
  path: string;
  /** What must have happened in this browser before. */
  before?: ((context: BrowserContext) => Promise<void>) | undefined;
  /** What is done on the page at `path` to come to the page that is meant. */
  act?: (page: Page) => Promise<void>;
  status?: number;
};

/** The rows of the demo neighbourhood that the pages show. */
export type Places = Awaited<ReturnType<typeof placesOf>>;

export async function placesOf(world: World) {
  const one = async (what: string, find: Promise<{ it: string }[]>) => {
    const [row] = await find;
    if (!row) throw new Error(`the demo neighbourhood has no ${what}`);
    return row.it;
  };
  const { sql } = world;
  const open = (kind: string) => sql<{ it: string }[]>`
    select p.code as it from posts p join groups g on g.id = p.group_id
    where p.kind = ${kind} and p.status = 'open' and p.remaining > 1 and p.visibility = 'everyone' and g.slug = 'kitchen'
    order by p.created_at limit 1`;
  const [volunteer, coordinator] = await Promise.all([
    one("promise", sql`select person_id as it from claims where status = 'promised' order by id limit 1`),
    one("coordinator", sql`select person_id as it from memberships where role = 'coordinator' order by 1 limit 1`),
  ]);
  return {
    need: await one("open need", open("need")),
    offer: await one("open offer", open("offer")),
    closed: await one("closed post", sql`select code as it from posts where status = 'closed' order by id limit 1`),
    post: await one(
      "post with a promise",
      sql`select p.id as it from posts p join claims c on c.post_id = p.id where p.status = 'open' and p.kind = 'need'
          order by c.status <> 'delivered', p.id limit 1`,
    ),
    claim: await one(
      "promise of theirs",
      sql`select c.id as it from claims c where c.person_id = ${volunteer}::uuid and c.status = 'promised' limit 1`,
    ),
    ...(await broadcastsOf(world, coordinator)),
    member: await one(
      "member of theirs",
      sql`select m.person_id || '?group=' || g.slug as it from memberships m join groups g on g.id = m.group_id
          where m.role = 'volunteer' and m.state = 'active' and exists (select from memberships c
            where c.group_id = g.id and c.person_id = ${coordinator}::uuid and c.role = 'coordinator') order by 1 limit 1`,
    ),
    unknown: await unknownOf(world),
    thread: await one("text that waits", sql`select id as it from text_threads order by last_heard_at desc limit 1`),
    people: { volunteer, coordinator },
  };
}

/** A promise of somebody whom no coordinator knows. */
async function unknownOf({ sql }: World): Promise<{ claim: string; person: string }> {
  const [row] = await sql<{ claim: string; person: string }[]>`
    select k.id as claim, k.person_id as person from claims k join memberships m using (person_id)
    where k.status = 'promised' and m.state = 'active' and m.vetted_at is null and m.role = 'volunteer' limit 1`;
  if (!row) throw new Error("the demo neighbourhood has no promise of somebody unknown");
  return row;
}

/** A broadcast that is being written, and one that went out. */
async function broadcastsOf(world: World, coordinator: string): Promise<{ draft: string; sent: string }> {
  const ctx = await signedInAs(world.ctx(), { id: coordinator });
  const [groupId] = Object.entries(ctx.person.roles).flatMap(([id, role]) => (role === "coordinator" ? [id] : []));
  const write = async () => {
    const id = newId();
    await saveDraft(ctx, { id, groupId: groupId!, audience: EVERYBODY });
    await saveWords(ctx, { id, words: { en: "Closed today – we’re back on Monday.", es: "Hoy está cerrado." } });
    return id;
  };
  const [draft, sent] = [await write(), await write()];
  await submitBroadcast(ctx, await getBroadcast(ctx, sent, "en"));
  return { draft, sent };
}

/** Signs a browser in without the way by the phone, which is proved elsewhere; minutes ago, where given, else so that nobody is asked for a fresh code. */
export async function signIn(world: World, context: BrowserContext, personId: string, minutesAgo = -60): Promise<void> {
  const token = newToken();
  await world.sql`insert into sessions (token_hash, person_id, created_at, seen_on, expires_at)
    values (${hashToken(token)}, ${personId}::uuid, now() - make_interval(mins => ${minutesAgo}::int), current_date, now() + interval '1 day')`;
  await context.addCookies([{ name: "sid", value: token, url: world.url }]);
}

const FORMS = { what: "kitchen/hot-meals", quantity: "40", title: "", details: "Warm, please" };
const REACH = { phone: "+15550107201", name: "Ana", textLocale: "en" };

/** Answers the screens of a new post up to, and without, the one named. */
const answered = (kind: "need" | "offer", upTo: "when" | "reach" | "check") => async (context: BrowserContext) => {
  const screens = [
    ["", FORMS],
    ["/when", { when: "today", place: "Elm and 3rd", address: "12 Elm Street", privateNote: "Second floor" }],
    ["/reach", REACH],
  ] as const;
  for (const [screen, form] of screens.slice(0, { when: 1, reach: 2, check: 3 }[upTo])) {
    await send(context, `/${kind}s/new${screen}`, form);
  }
};

async function send(context: BrowserContext, path: string, form: Record<string, string>): Promise<void> {
  const { origin } = new URL((await context.request.get("/healthz")).url());
  await context.request.post(path, { form, headers: { Origin: origin }, maxRedirects: 0 });
}

/** Fills fields by name and sends their form. */
const sending =
  (fields: Record<string, string>, form = "main form") =>
  async (page: Page) => {
    const target = page.locator(form).first();
    for (const [name, value] of Object.entries(fields)) {
      await target
        .locator(`[name="${name}"]`)
        .first()
        .evaluate((field, text) => {
          (field as HTMLInputElement).value = text;
        }, value);
    }
    const there = page.waitForEvent("load");
    await target.evaluate((it) => (it as HTMLFormElement).requestSubmit(it.querySelector("button")));
    await there;
  };

const unanswered = async (page: Page) => {
  await page.locator("main input[type=radio]:checked").evaluateAll((all) => {
    for (const radio of all) (radio as HTMLInputElement).checked = false;
  });
  await sending({})(page);
};

/** Presses the buttons of forms one after the other, by their values. */
const pressing =
  (...values: string[]) =>
  async (page: Page) => {
    for (const value of values) {
      const there = page.waitForEvent("load");
      await page.locator(`button[value="${value}"]`).click();
      await there;
    }
  };

/** Every page there is, with its empty, wrong and finished forms. */
export function everySight(world: World, places: Places): Sight[] {
  const { need, offer, closed, claim, draft, sent } = places;
  const link = `/m/${manageToken(world.seal, places.post)}`;
  const wrong = 422;
  const visitor = (name: string, path: string, more: Partial<Sight> = {}): Sight => ({
    name,
    path,
    who: "visitor",
    ...more,
  });
  const volunteer = (name: string, path: string, more: Partial<Sight> = {}): Sight => ({
    ...visitor(name, path, more),
    who: "volunteer",
  });
  const coordinator = (name: string, path: string, more: Partial<Sight> = {}): Sight => ({
    ...visitor(name, path, more),
    who: "coordinator",
  });
  const asked = (kind: "need" | "offer", upTo: "when" | "reach" | "check") => ({ before: answered(kind, upTo) });
  return [
    visitor("front page", "/"),
    visitor("board", "/board"),
    visitor("board, filtered", "/board?kind=need&group=kitchen"),
    visitor("board, nothing found", "/board?q=zzzzzz"),
    visitor("map", "/map"),
    visitor("map, needs of a group, nearer", "/map?kind=need&group=kitchen&at=40.69,-73.93&z=13"),
    visitor("map, nothing there", "/map?at=0.5,-30.5&z=9"),
    visitor("groups", "/groups"),
    visitor("a group", "/groups/kitchen"),
    visitor("a flyer", "/groups/kitchen/flyer"),
    visitor("numbers", "/numbers"),
    visitor("a need", `/p/${need}`),
    visitor("an offer", `/p/${offer}`),
    visitor("a closed post", `/p/${closed}`),
    visitor("need, what", "/needs/new"),
    visitor("need, what, unanswered", "/needs/new", { act: unanswered, status: wrong }),
    visitor("need, when", "/needs/new/when", asked("need", "when")),
    visitor("need, when, unanswered", "/needs/new/when", { ...asked("need", "when"), act: unanswered, status: wrong }),
    visitor("need, reach", "/needs/new/reach", asked("need", "reach")),
    visitor("need, reach, no number", "/needs/new/reach", {
      ...asked("need", "reach"),
      act: sending({ phone: "12" }),
      status: wrong,
    }),
    visitor("need, check", "/needs/new/check", asked("need", "check")),
    visitor("need, receipt", "/needs/new/check", { ...asked("need", "check"), act: sending({}) }),
    visitor("offer, what", "/offers/new"),
    visitor("offer, when", "/offers/new/when", asked("offer", "when")),
    visitor("offer, check", "/offers/new/check", asked("offer", "check")),
    visitor("offer, receipt", "/offers/new/check", { ...asked("offer", "check"), act: sending({}) }),
    visitor("my post by its link", link),
    visitor("my post, edited wrongly", link, {
      act: sending({ title: "", quantity: "0" }, "main form:has([name=title])"),
      status: wrong,
    }),
    visitor("sign in", "/sign-in"),
    visitor("sent", "/sent"),
    visitor("sign in, no number", "/sign-in", { act: sending({ phone: "" }), status: wrong }),
    visitor("code", "/sign-in", { act: sending({ phone: "+15550107202" }) }),
    visitor("code, wrong", "/sign-in/code", {
      before: (context) => send(context, "/sign-in", { phone: "+15550107203" }),
      act: sending({ code: "" }),
      status: wrong,
    }),
    visitor("not found", "/nowhere", { status: 404 }),
    visitor("no such post", "/p/ZZZZZ", { status: 404 }),
    visitor("phone simulator", "/dev/phones"),
    volunteer("signing in safely", "/me/security"),
    volunteer("an app with codes", "/me/security/app"),
    volunteer("an app, wrong code", "/me/security/app", { act: sending({ code: "123" }), status: wrong }),
    volunteer("my promises", "/me"),
    volunteer("my past promises", "/me?tab=past"),
    volunteer("my day", "/me/day"),
    volunteer("my settings", "/me/settings"),
    volunteer("my settings, wrong", "/me/settings", {
      act: sending({ name: "x".repeat(80) }, "main form:has([name=name])"),
      status: wrong,
    }),
    volunteer("what we hold", "/me/data"),
    volunteer("is it you", "/me/delete", {
      before: (context) => signIn(world, context, places.people.volunteer, 20),
    }),
    volunteer("my number", "/me/number"),
    volunteer("my number, none", "/me/number", { act: sending({ phone: "" }), status: wrong }),
    volunteer("delete me", "/me/delete"),
    volunteer("delete me, not ticked", "/me/delete", { act: sending({}, "main form"), status: wrong }),
    visitor("deleted", "/erased"),
    visitor("delete my post", `${link}/delete`),
    volunteer("my name", "/sign-in/name"),
    volunteer("a need, signed in", `/p/${need}`),
    volunteer("claim", `/p/${need}/claims`),
    volunteer("claim, wrong", `/p/${need}/claims`, { act: sending({ quantity: "0" }), status: wrong }),
    volunteer("my promise", `/claims/${claim}`),
    volunteer("my promise, nobody knows me yet", `/claims/${places.unknown.claim}`, {
      before: (context) => signIn(world, context, places.unknown.person),
    }),
    volunteer("hand back", `/claims/${claim}?hand_back=1`),
    volunteer("messages about a promise", `/claims/${claim}/messages`),
    volunteer("a group, signed in", "/groups/kitchen"),
    volunteer("not allowed", "/coordinate", { status: 403 }),
    coordinator("now", "/coordinate"),
    coordinator("dashboard", "/coordinate/dashboard"),
    coordinator("now, of a group", "/coordinate?group=kitchen"),
    coordinator("dashboard of a group", "/coordinate/dashboard?group=kitchen"),
    coordinator("how many people live where", "/coordinate/dashboard/areas"),
    coordinator("dashboard between two days", "/coordinate/dashboard?from=2026-01-01&to=2026-12-31"),
    coordinator("matches", "/coordinate/matches"),
    coordinator("what fits what", "/coordinate/matches/fits"),
    coordinator("what fits what, wrong", "/coordinate/matches/fits?group=kitchen", {
      act: sending({ fit: "" }, "#helps details form"),
      status: wrong,
    }),
    coordinator("promises", "/coordinate/promises"),
    coordinator("all posts", "/coordinate/posts"),
    coordinator("settings of a group", "/coordinate/settings?group=kitchen"),
    coordinator("settings, wrong", "/coordinate/settings?group=kitchen", {
      act: sending({ name: "" }, "main form:has([name=blurb])"),
      status: wrong,
    }),
    coordinator("places", "/coordinate/places"),
    coordinator("review", "/coordinate/review"),
    coordinator("places, wrong", "/coordinate/places", { act: pressing("save"), status: wrong }),
    coordinator("bring in", "/coordinate/in"),
    coordinator("bring in, nothing", "/coordinate/in", { act: unanswered, status: wrong }),
    coordinator("lists and files", "/coordinate/out"),
    coordinator("shift change", "/coordinate/shift"),
    coordinator("shift change, no words", "/coordinate/shift", { act: sending({ words: "" }), status: wrong }),
    coordinator("a post's desk", `/coordinate/posts/${need}`),
    coordinator("a need for a caller", "/coordinate/posts/new"),
    coordinator("a need for a caller, wrong", "/coordinate/posts/new", { act: unanswered, status: wrong }),
    coordinator("inbox", "/coordinate/messages"),
    coordinator("inbox, everything", "/coordinate/messages?box=all"),
    coordinator("inbox, calls", "/coordinate/messages?box=calls"),
    coordinator("inbox, reported", "/coordinate/messages?box=reported"),
    coordinator("a thread", `/coordinate/messages/${places.thread}`),
    coordinator("a thread, no words", `/coordinate/messages/${places.thread}`, {
      act: sending({ words: "" }, "main form.answer"),
      status: wrong,
    }),
    coordinator("a need of a thread", `/coordinate/messages/${places.thread}/need`),
    coordinator("a need of a thread, wrong", `/coordinate/messages/${places.thread}/need`, {
      act: sending({ title: "", quantity: "0" }),
      status: wrong,
    }),
    coordinator("people", "/coordinate/people"),
    coordinator("people, nobody found", "/coordinate/people?q=zzzz"),
    coordinator("a person", `/coordinate/people/${places.member}`),
    coordinator("a person, noted", `/coordinate/people/${places.member}`, { act: pressing("note") }),
    coordinator("broadcasts", "/coordinate/broadcasts"),
    coordinator("broadcast, who", "/coordinate/broadcasts/new"),
    coordinator("broadcast, what", "/coordinate/broadcasts/new", { act: pressing("who") }),
    coordinator("broadcast, what, ready words", "/coordinate/broadcasts/new", { act: pressing("who", "ready:closed") }),
    coordinator("broadcast, what, unanswered", "/coordinate/broadcasts/new", {
      act: pressing("who", "what"),
      status: wrong,
    }),
    coordinator("broadcast, check", `/coordinate/broadcasts/${draft}?step=check`),
    coordinator("broadcast, how it goes", `/coordinate/broadcasts/${sent}`),
    coordinator("members", "/groups/kitchen/members"),
    coordinator("components", "/dev/ui"),
    coordinator("components of the desk", "/dev/desk"),
  ];
}
