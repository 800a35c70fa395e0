import type { Ask, Answer } from "#scripts/torture/ask.ts";
import type { Examples } from "./examples.ts";
import { readForms, readLinks, type Form } from "./read-page.ts";
import { addressesOf, routeAt, type Route } from "./routes.ts";

/** One request that a scanner varies. */
export type Target = {
  method: "GET" | "POST" | "PATCH";
  path: string;
  /** As sent, with its type; null without one. */
  body: { type: string; text: string } | null;
  cookies: string;
  route: string;
};

/** Asks for the pages of one person, and keeps their cookies but for the session, which stays. */
export type Visitor = { ask: Ask; origin: string; sid: string | null };

const FORM = "application/x-www-form-urlencoded";
const DRAFT: [path: string, form: Record<string, string>][] = [
  ["/new", { what: "kitchen/hot-meals", quantity: "40", title: "", details: "Warm, please" }],
  ["/new/when", { when: "today", place: "Elm and 3rd", address: "12 Elm Street", privateNote: "Second floor" }],
  ["/new/reach", { phone: "+15550107201", name: "Ana", textLocale: "en" }],
];
/** What tells one form of a page from another. */
const ACTS = ["act", "do", "section", "status", "answer", "step"];
const AT_MOST_PAGES = 400;

/**
 * Every route's address, every link that differs in its parameters, and every form on those pages, once each.
 *
 * @returns also the cookies they end with, and the routes that take forms and were shown none, so that nobody takes their silence for an answer
 */
export async function gatherTargets(visitor: Visitor, routes: Route[], examples: Examples) {
  const cookies = new Map<string, string>(visitor.sid ? [["sid", visitor.sid]] : []);
  await begin(visitor, cookies);
  const jar = () => [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const targets = new Map<string, Target>();
  const pages: string[] = [];
  const known = new Set<string>();
  /** `anyway`: another row may show other forms. */
  const page = (path: string, anyway = false) => {
    const news = newsOf(routeAt(routes, path), path).filter((name) => !known.has(name));
    for (const name of news) known.add(name);
    if (news.length > 0 || anyway) pages.push(path);
    if (news.length > 0)
      targets.set(path, { method: "GET", path, body: null, cookies: jar(), route: routeAt(routes, path).id });
  };
  for (const route of routes) for (const path of addressesOf(route, examples)) page(path, true);
  for (let at = 0; at < Math.min(pages.length, AT_MOST_PAGES); at += 1) {
    const path = pages[at]!;
    const answer = await visitor.ask({ method: "GET", path, headers: { cookie: jar(), accept: "text/html" } });
    for (const link of linksIn(answer, path)) page(link);
    for (const form of answer ? readForms(answer.body) : []) addForm(form, path);
  }
  const written = new Set([...targets.values()].flatMap(({ method, route }) => (method === "GET" ? [] : [route])));
  return {
    targets: [...targets.values()],
    cookies: jar(),
    unwritten: routes.filter(({ id, writes }) => writes && !written.has(id)),
  };

  function addForm({ method, action, fields }: Form, on: string): void {
    const path = relative(action ?? on, on);
    if (path === null) return;
    if (method === "GET") return page(`${path.split("?")[0]}?${new URLSearchParams(fields)}`);
    const shape = shapeOf(routeAt(routes, path), path, fields);
    if (targets.has(shape)) return;
    const body = { type: FORM, text: new URLSearchParams(fields).toString() };
    targets.set(shape, { method, path, body, cookies: jar(), route: routeAt(routes, path).id });
  }
}

/** Half-written posts and a code that was asked for, so that the pages after the first are there. */
async function begin({ ask, origin }: Visitor, cookies: Map<string, string>): Promise<void> {
  const steps = ["/offers", "/needs"].flatMap((kind) => DRAFT.map(([path, form]) => [kind + path, form] as const));
  for (const [path, form] of [...steps, ["/sign-in", { phone: "+15550107203" }] as const]) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { cookie, origin, "content-type": FORM };
    const answer = await ask({ method: "POST", path, headers, body: new URLSearchParams(form).toString() });
    for (const given of answer?.cookies ?? []) {
      const [name = "", value = ""] = given.split("=", 2);
      if (name !== "sid" && value) cookies.set(name, value);
    }
  }
}

const linksIn = (answer: Answer, on: string): string[] =>
  answer ? readLinks(answer.body).flatMap((link) => relative(link, on) ?? []) : [];

/** An address on a page as a path of ours; null when it leads elsewhere. */
function relative(address: string, on: string): string | null {
  const here = "http://localhost";
  if (!URL.canParse(address, here + on)) return null;
  const { origin, pathname, search } = new URL(address, here + on);
  return origin === here && !/^\/(assets|dev\/twilio|api|hooks)\//.test(pathname) ? pathname + search : null;
}

/** Two forms of one shape reach the same code with the same fields. */
function shapeOf(route: Route, path: string, fields: [string, string][]): string {
  const { searchParams } = new URL(path, "http://localhost");
  const names = [...new Set([...searchParams.keys(), ...fields.map(([name]) => name)])].toSorted();
  const acts = fields.filter(([name]) => ACTS.includes(name)).map(([, value]) => value);
  return [placeOf(route, path), names.join(), acts.join()].join(" ");
}

/** What an address has that a scanner could vary: the page itself and each of its parameters. The language is everywhere the same. */
function newsOf(route: Route, path: string): string[] {
  const place = placeOf(route, path);
  const names = [...new URL(path, "http://localhost").searchParams.keys()];
  return [place, ...names.map((name) => (name === "lang" ? name : `${place} ${name}`))];
}

/** Each step of a new post is a page of its own. */
const placeOf = ({ id, path: pattern }: Route, path: string): string =>
  pattern.endsWith(":step?") ? id + path.split("?")[0] : id;
