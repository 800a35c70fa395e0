import { newId, newToken } from "#app/core/ids.server.ts";
import { NOWHERE, OBJECTS, type ObjectName, type Scene } from "./scene.ts";

/** One thing that can be asked for: an address of a route, or a form sent to it. */
export type Row = {
  /** As in the table of expectations. */
  name: string;
  /** The id Remix gives the route. */
  route: string;
  path: string;
  form?: Record<string, string>;
  /** Of the API: a request with this body. */
  json?: { method: string; body: object | null };
};

type Form = Record<string, string>;

/** Every address of every route about every kind of thing, in the words of one scene. */
export function rowsOf(scene: Scene): Row[] {
  const rows: Row[] = [];
  const add = (route: string, about: string, path: string, form?: Form) => {
    const what = form ? (form["act"] ?? form["do"] ?? form["status"] ?? form["section"] ?? "") : "";
    const name = [form ? "POST" : "GET", route.replace("routes/", ""), about, what].filter(Boolean).join(" ");
    rows.push({ name, route, path, ...(form && { form }) });
  };
  publicPages(add);
  ownPages(add, scene);
  posts(add, scene);
  links(add, scene);
  claims(add, scene);
  desk(add, scene);
  deskThings(add, scene);
  return [...rows, ...operations(scene)];
}

type Add = (route: string, about: string, path: string, form?: Form) => void;
const codeOf = ({ posts }: Scene, name: ObjectName) => (name === "gone" ? NOWHERE.code : posts[name].code);

function publicPages(add: Add): void {
  for (const path of ["", "board", "map", "numbers", "groups"]) {
    add(path === "" ? "routes/_index" : path === "groups" ? "routes/groups._index" : `routes/${path}`, "", `/${path}`);
  }
  add("routes/$", "", "/no/such/page");
  add("routes/$", "", "/no/such/page", { x: "1" });
  for (const kind of ["needs", "offers"]) {
    add(`routes/${kind}.new.($step)`, "", `/${kind}/new`);
    add(`routes/${kind}.new.($step)`, "no draft", `/${kind}/new/check`);
    add(`routes/${kind}.new.($step)`, "", `/${kind}/new`, { what: "nothing/at-all" });
  }
  add("routes/sign-in", "", "/sign-in");
  add("routes/sign-in_.passkey", "", "/sign-in/passkey");
  add("routes/sign-in_.passkey", "", "/sign-in/passkey", { passkey: "{}" });
  add("routes/sign-in_.second", "", "/sign-in/second");
  add("routes/sign-in_.second", "", "/sign-in/second", { code: "123456" });
  add("routes/sign-in", "", "/sign-in", { phone: NOWHERE.phone });
  add("routes/sign-in_.code", "", "/sign-in/code");
  add("routes/sign-in_.code", "", "/sign-in/code", { code: "123456" });
  add("routes/sign-in_.name", "", "/sign-in/name");
  add("routes/sign-in_.name", "", "/sign-in/name", { name: "Somebody" });
  add("routes/sign-out", "", "/sign-out");
  add("routes/sign-out", "", "/sign-out", { x: "1" });
  add("routes/sent", "", "/sent");
  add("routes/erased", "", "/erased");
  add("routes/check", "", "/check");
  add("routes/check", "", "/check", { wait: "forged", to: "/" });
  for (const path of ["ui", "desk", "phones"]) add(`routes/dev.${path}`, "", `/dev/${path}`);
  add("routes/dev.phones", "", "/dev/phones", { do: "clear" });
}

function ownPages(add: Add, { question, groups }: Scene): void {
  add("routes/me._index", "", "/me");
  add("routes/me._index", "past", "/me?tab=past");
  add("routes/me_.data", "", "/me/data");
  add("routes/me_.data_.file", "", "/me/data/file");
  add("routes/me_.number", "", "/me/number");
  add("routes/me_.number", "", "/me/number", { code: "" });
  add("routes/me_.number", "not moved", "/me/number", { act: "take_back" });
  add("routes/confirm", "", "/confirm");
  add("routes/confirm", "", "/confirm", { code: "123456" });
  add("routes/confirm_.second", "", "/confirm/second");
  add("routes/confirm_.second", "", "/confirm/second", { code: "123456" });
  add("routes/me_.security", "", "/me/security");
  add("routes/me_.security", "", "/me/security", { act: "remove", id: "none" });
  add("routes/me_.security_.app", "", "/me/security/app");
  add("routes/me_.security_.app", "", "/me/security/app", { seed: "x", code: "123456" });
  add("routes/me_.delete", "", "/me/delete");
  add("routes/me_.delete", "not sure", "/me/delete", { x: "1" });
  add("routes/me_.day", "", "/me/day");
  add("routes/me_.day", "", "/me/day", { x: "1" });
  add("routes/me_.settings", "", "/me/settings");
  add("routes/me_.settings", "", "/me/settings", { section: "devices", key: "others" });
  add("routes/questions.$id_.answers", "", `/questions/${question}/answers`);
  add("routes/questions.$id_.answers", "author's", `/questions/${question}/answers`, { answer: "1" });
  add("routes/questions.$id_.answers", "gone", `/questions/${NOWHERE.id}/answers`, { answer: "1" });
  for (const [about, slug] of [
    ["ours", groups.ours.slug],
    ["gone", "no-such-group"],
  ] as const) {
    add("routes/groups.$slug", about, `/groups/${slug}`);
    add("routes/groups.$slug_.flyer", about, `/groups/${slug}/flyer`);
    add("routes/groups.$slug_.members", about, `/groups/${slug}/members`);
    add("routes/groups.$slug_.membership", about, `/groups/${slug}/membership`);
    for (const deed of ["join", "leave", "alerts"])
      add("routes/groups.$slug_.membership", about, `/groups/${slug}/membership`, { do: deed });
  }
}

function posts(add: Add, scene: Scene): void {
  for (const object of OBJECTS) {
    const path = `/p/${codeOf(scene, object)}`;
    add("routes/p.$code", object, path);
    add("routes/p.$code", object, path, { act: "contact" });
    add("routes/p.$code_.claims", object, `${path}/claims`);
    add("routes/p.$code_.claims", object, `${path}/claims`, { key: newToken(), quantity: "1" });
    add("routes/p.$code_.waiting", object, `${path}/waiting`, { act: "join" });
  }
  add("routes/p.$code_.waiting", "everyone", `/p/${codeOf(scene, "everyone")}/waiting`);
  for (const object of ["everyone", "team", "review", "other"] as const) {
    const path = `/p/${codeOf(scene, object)}`;
    add("routes/p.$code", object, path, { act: "approve" });
    add("routes/p.$code", object, path, { act: "decline" });
    add("routes/p.$code", object, path, { act: "ask", person: scene.people.volunteer.id });
    add("routes/p.$code", object, path, { act: "cannot" });
  }
}

/** The private link is the permission: with it everybody is the author, without it nobody is, whoever is signed in. */
function links(add: Add, { posts: all, claims: made }: Scene): void {
  const forged = newToken();
  for (const [about, token] of [
    ["held", all.everyone.token],
    ["of a closed post", all.closed.token],
    ["forged", forged],
  ] as const) {
    add("routes/m.$token", about, `/m/${token}`);
    add("routes/m.$token", about, `/m/${token}`, { act: "close", reason: "withdrawn" });
    add("routes/m.$token_.file", about, `/m/${token}/file`);
    add("routes/m.$token_.delete", about, `/m/${token}/delete`);
    add("routes/m.$token_.delete", `${about}, not sure`, `/m/${token}/delete`, { x: "1" });
    const talk = `/m/${token}/messages?claim=${made.claimer}`;
    add("routes/m.$token_.messages", about, talk);
    add("routes/m.$token_.messages", about, talk, { act: "say", words: "Hello", key: newToken() });
  }
  const other = `/m/${all.everyone.token}`;
  add("routes/m.$token", "held, another's promise", other, { act: "confirm", claim: made.other });
  add("routes/m.$token_.messages", "held, another's talk", `${other}/messages?claim=${made.other}`);
}

function claims(add: Add, { claims: made }: Scene): void {
  for (const [whose, id] of [...Object.entries(made), ["gone", NOWHERE.id]] as [string, string][]) {
    const about = whose === "gone" ? "gone" : `of ${whose}`;
    add("routes/claims.$id", about, `/claims/${id}`);
    for (const status of ["on_the_way", "released", "confirmed"])
      add("routes/claims.$id", about, `/claims/${id}`, { status });
    add("routes/claims.$id_.extensions", about, `/claims/${id}/extensions`, { x: "1" });
    add("routes/claims.$id_.messages", about, `/claims/${id}/messages`);
    const said = { act: "say", words: "Hello", key: newToken() };
    add("routes/claims.$id_.messages", about, `/claims/${id}/messages`, said);
    add("routes/coordinate_.promises_.$id", about, `/coordinate/promises/${id}`);
    add("routes/coordinate", about, "/coordinate", { act: "nudge", claim: id });
    add("routes/coordinate_.promises", about, "/coordinate/promises", { act: "nudge", claim: id });
  }
  add("routes/claims.$id_.extensions", "of claimer", `/claims/${made.claimer}/extensions`);
}

/** The coordinators' pages: of all their groups, of ours, of theirs. */
function desk(add: Add, scene: Scene): void {
  const { ours } = scene.groups;
  const byGroup = [
    "",
    "dashboard",
    "dashboard/areas",
    "matches",
    "messages",
    "out",
    "people",
    "plan",
    "promises",
    "shift",
  ];
  for (const page of [...byGroup, "in", "settings", "matches/fits"]) {
    const id = page === "" ? "routes/coordinate" : `routes/coordinate_.${page.replace("/", "_.")}`;
    const path = page === "" ? "/coordinate" : `/coordinate/${page}`;
    add(id, "", path);
    add(id, "ours", `${path}?group=${ours.slug}`);
  }
  add("routes/coordinate_.dashboard[.csv]", "", "/coordinate/dashboard.csv?table=groups");
  add("routes/coordinate_.dashboard[.csv]", "ours", `/coordinate/dashboard.csv?table=groups&group=${ours.slug}`);
  for (const page of [
    "broadcasts",
    "broadcasts/new",
    "broadcasts/audience",
    "places",
    "posts",
    "posts/new",
    "posts/rows",
    "review",
  ])
    add(`routes/coordinate_.${page.replace("/", "_.")}`, "", `/coordinate/${page}`);
  add("routes/coordinate_.broadcasts_.audience", "ours", `/coordinate/broadcasts/audience?group=${ours.id}`);
  add("routes/coordinate_.broadcasts_.new", "ours", "/coordinate/broadcasts/new", {
    id: newId(),
    group: ours.id,
    do: "who",
  });
  add("routes/coordinate_.members", "", "/coordinate/members");
  for (const name of ["everyone", "other", "gone"] as const)
    for (const act of ["keep", "decline", "block"])
      add("routes/coordinate_.review", name, "/coordinate/review", { act, code: codeOf(scene, name), revision: "0" });
  const anybody = { act: "unblock", personId: NOWHERE.id, scope: "all" };
  add("routes/coordinate_.review", "anybody", "/coordinate/review", anybody);
  add("routes/coordinate_.places", "", "/coordinate/places", { act: "save", name: "" });
  add("routes/coordinate_.places", "gone", "/coordinate/places", { act: "remove", id: NOWHERE.id });
  add("routes/coordinate_.in", "ours", "/coordinate/in", { group: ours.slug, kind: "need", pasted: "title\nBread\n" });
  add("routes/coordinate_.shift", "ours", "/coordinate/shift", { group: ours.slug, words: "Keys are with Sam" });
  add("routes/coordinate_.out_.file", "ours", "/coordinate/out/file", {
    group: ours.slug,
    which: "all",
    format: "csv",
    contacts: "1",
    why: "delivery",
  });
  add("routes/coordinate_.out_.file", "", "/coordinate/out/file", {
    which: "all",
    format: "json",
    contacts: "1",
    why: "delivery",
  });
  add("routes/coordinate_.posts_.new", "ours", "/coordinate/posts/new", { what: "nothing/at-all" });
  add("routes/coordinate_.settings", "ours", `/coordinate/settings?group=${ours.slug}`, {
    act: "shelve",
    id: NOWHERE.id,
  });
  add("routes/coordinate_.matches_.fits", "ours", `/coordinate/matches/fits?group=${ours.slug}`, { act: "fit" });
  add("routes/coordinate_.dashboard_.areas", "ours", `/coordinate/dashboard/areas?group=${ours.slug}`, { x: "1" });
  add("routes/coordinate_.plan", "ours", `/coordinate/plan?group=${ours.slug}`, { act: "accept", key: newToken() });
}

function deskThings(add: Add, scene: Scene): void {
  const { people, groups, offer } = scene;
  for (const object of OBJECTS) {
    const code = codeOf(scene, object);
    add("routes/coordinate_.posts_.$code", object, `/coordinate/posts/${code}`);
    add("routes/coordinate_.posts_.$code", object, `/coordinate/posts/${code}`, {
      act: "close",
      reason: "withdrawn",
      revision: "0",
    });
    add("routes/coordinate_.posts_.rows", object, `/coordinate/posts/rows?code=${code}`);
    add("routes/coordinate_.posts_.bulk", object, "/coordinate/posts/bulk", { act: "urgency:soon", row: `${code}.0` });
    add("routes/coordinate_.posts_.here", object, "/coordinate/posts/here", { code });
    add("routes/coordinate_.matches", object, "/coordinate/matches", {
      act: "dismiss",
      need: code,
      other: offer.code,
      reason: "other",
    });
  }
  for (const [about, id] of [
    ["ours", people.volunteer.id],
    ["asking", people.applied.id],
    ["theirs", people.foreign.id],
    ["gone", NOWHERE.id],
  ] as const) {
    const path = `/coordinate/people/${id}?group=${groups.ours.slug}`;
    add("routes/coordinate_.people_.$person", about, path);
    add("routes/coordinate_.people_.$person", about, path, { act: "vet" });
    add("routes/coordinate_.people_.$person", about, path, { act: "accept" });
    add("routes/coordinate_.people_.$person", about, path, { act: "coordinator" });
    add("routes/groups.$slug_.members", about, `/groups/${groups.ours.slug}/members`, { do: "remove", person: id });
    const answer = { personId: id, groupId: groups.ours.id, answer: "accept" };
    add("routes/coordinate_.members", about, "/coordinate/members", answer);
    add("routes/coordinate_.promises_.$id", `to ${about}`, `/coordinate/promises/${scene.claims.claimer}`, {
      person: id,
    });
  }
  inboxThings(add, scene);
}

function inboxThings(add: Add, { thread, call, broadcast, import: imported, view, report, groups }: Scene): void {
  const both = (about: string, route: string, path: (id: string) => string, id: string, ...forms: Form[]) => {
    for (const [name, one] of [
      [about, id],
      ["gone", NOWHERE.id],
    ] as const) {
      add(route, name, path(one));
      for (const form of forms) add(route, name, path(one), form);
    }
  };
  const threadAt = (id: string) => `/coordinate/messages/${id}`;
  const away = { do: "away", heard: "9999999999999" };
  const number = { do: "number" };
  const said = { do: "answer", words: "Hello", key: newToken(), heard: "9999999999999", answers: "0" };
  both("ours", "routes/coordinate_.messages_.$thread", threadAt, thread, away, number, said);
  both("ours", "routes/coordinate_.messages_.$thread_.need", (id) => `${threadAt(id)}/need`, thread, { title: "" });
  add("routes/coordinate_.messages", "gone", "/coordinate/messages", { do: "find", phone: NOWHERE.phone });
  add("routes/coordinate_.messages", "gone", "/coordinate/messages", { do: "pause", sender: NOWHERE.id });
  const audio = (id: string) => `/coordinate/messages/calls/${id}/audio`;
  add("routes/coordinate_.messages_.calls.$callSid.audio", "gone", audio(`CA${"0".repeat(32)}`));
  void call;
  both("ours", "routes/coordinate_.messages_.reports.$report", (id) => `/coordinate/messages/reports/${id}`, report);
  const go = { do: "send", version: "0" };
  both("ours", "routes/coordinate_.broadcasts_.$id", (id) => `/coordinate/broadcasts/${id}`, broadcast, go, {
    do: "look",
    en: "Hi",
  });
  both(
    "ours",
    "routes/coordinate_.in_.$id",
    (id) => `/coordinate/in/${id}`,
    imported,
    { act: "drop" },
    { act: "begin" },
  );
  for (const [about, id] of [
    ["ours", imported],
    ["gone", NOWHERE.id],
  ] as const)
    add("routes/coordinate_.in_.$id_.bad", about, `/coordinate/in/${id}/bad`, { x: "1" });
  for (const [about, id] of [
    ["coordinator's", view],
    ["gone", NOWHERE.id],
  ] as const)
    add("routes/coordinate_.posts_.views", about, "/coordinate/posts/views", { act: "delete", view: id });
  add("routes/coordinate_.posts_.views", "ours", "/coordinate/posts/views", {
    act: "save",
    name: "New",
    owner: groups.ours.slug,
  });
  add("routes/coordinate_.undo", "gone", "/coordinate/undo", { event: "1" });
}

/** The operations of the API; `route` is the operation as its document has it. */
function operations(scene: Scene): Row[] {
  const rows: Row[] = [];
  const add = (operation: string, about: string, path: string, body: object | null = null) => {
    const method = operation.split(" ")[0]!;
    const name = ["API", operation, about].filter(Boolean).join(" ");
    rows.push({ name, route: operation, path: `/api/v1${path}`, json: { method, body } });
  };
  const group = scene.groups.ours.slug;
  add("GET /groups", "", "/groups");
  add("GET /posts", "", `/posts?group=${group}&status=all`);
  add("POST /posts", "", "/posts", { kind: "offer", group, title: "Bread", contact: { name: "Sam" } });
  add("GET /me", "", "/me");
  add("PATCH /me", "", "/me", { quiet_from: 22 });
  add("GET /dashboard", "", "/dashboard");
  add("GET /dashboard", "ours", `/dashboard?group=${group}`);
  for (const object of OBJECTS) {
    const path = `/posts/${codeOf(scene, object)}`;
    add("GET /posts/{code}", object, path);
    add("PATCH /posts/{code}", object, path, { urgency: "soon" });
    add("GET /posts/{code}/matches", object, `${path}/matches`);
    add("POST /posts/{code}/claims", object, `${path}/claims`, { quantity: 1 });
    add("POST /posts/{code}/dismissals", object, `${path}/dismissals`, {
      other_code: scene.offer.code,
      reason: "other",
    });
  }
  for (const [whose, id] of [...Object.entries(scene.claims), ["gone", NOWHERE.id]] as [string, string][])
    add("PATCH /claims/{id}", whose === "gone" ? whose : `of ${whose}`, `/claims/${id}`, { status: "on_the_way" });
  return rows;
}
