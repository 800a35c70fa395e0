import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { hashToken, newToken } from "#app/core/ids.server.ts";
import { seed } from "#db/seed.server.ts";
import { Browserless } from "./browserless.ts";
import { CANARIES, found, phoneSpellings, secretSpellings, secretWords, spellings } from "./canaries.ts";
import { searchFiles } from "./raw-files.ts";
import { makeWorld, type World } from "./world.ts";

const { asker, giver, caller, stranger, extension, refused, address, laterAddress, note, word, email, heard, title } =
  CANARIES;

let world: World;
beforeAll(async () => {
  world = await makeWorld(inject("server"), inject("template"), { env: { RATE_LIMITS: "on" } });
  await seed(world.ctx());
});
afterAll(() => world?.stop());

test("a number, a name, an address or a private word is in no row and in no log, whatever way it came", async () => {
  const one = new Browserless(world);
  const receipt = await askByForms(one);
  const manage = receipt.split("?")[0]!;
  const code = await codeOf(title);
  const two = new Browserless(world);
  await two.signIn(giver.phone, giver.typed, giver.name);
  // Somebody whom a coordinator knows: only they are shown an address.
  await world.sql`update people set vouched_at = now() where phone_lookup = ${world.seal.lookup("phone", giver.phone)}`;
  await claimAndLook(two, code);
  await changeByLink(one, manage);
  await callTheApi(two);
  await textUs(one);
  await breakThings(one, two, code);
  await world.until("everything was told", async () => (await waiting()) === 0, 40);

  const dump = await dumpOf(world);

  const logs = readFileSync(world.logs, "utf8");
  const databaseLog = await logOfDatabase(world);
  expect(found(dump, spellings(title).slice(0, 1)), "the search sees what is public").not.toEqual([]);
  expect(found(logs, ["listening"]), "the search sees the logs").not.toEqual([]);
  expect(found(dump, secretSpellings()), "in the database").toEqual([]);
  expect(found(logs, secretSpellings()), "in the logs of web and worker").toEqual([]);
  expect(found(databaseLog, secretSpellings()), "in the log of PostgreSQL").toEqual([]);
  const raw = await searchFiles(world.sql, [title, ...secretWords()]);
  expect(
    raw?.found.some((one) => one.startsWith(title)),
    "the search sees the pages of the database",
  ).toBe(true);
  expect(
    raw?.found.filter((one) => !one.startsWith(title)),
    "in the files of the database and its log",
  ).toEqual([]);
  for (const [path, file] of await exportsOf(world)) {
    expect(file.length, path).toBeGreaterThan(20);
    expect(found(file, secretSpellings()), `in ${path}`).toEqual([]);
  }
  console.info(`canaries: ${raw?.bytes} bytes of files`);
  console.info(
    `canaries: ${secretSpellings().length} spellings; dump ${dump.length}, logs ${logs.length}, log of PostgreSQL ${databaseLog.length} letters`,
  );
});

test("the search finds a canary in every spelling", () => {
  const base64 = [0, 1, 2].map((n) => Buffer.from(`${"x".repeat(n)}${asker.name} and more`).toString("base64"));
  for (const hidden of [...base64, asker.name.toUpperCase(), encodeURIComponent(address), JSON.stringify({ note })]) {
    expect(found(`before ${hidden} after`, secretSpellings()), hidden).not.toEqual([]);
  }
  for (const hidden of ["+15550193771", "5550193771", "(555) 019-3771", "555-019-3771", "tel%3A%2B15550193771"]) {
    expect(found(`x${hidden}y`, phoneSpellings(asker.phone)), hidden).not.toEqual([]);
  }
  expect(found("nothing to see", secretSpellings())).toEqual([]);
});

/** What a coordinator can take away without saying why they need contacts. */
async function exportsOf({ sql }: World): Promise<[path: string, file: string][]> {
  const [coordinator] = await sql<{ id: string }[]>`
    select person_id as id from memberships where role = 'coordinator' and state = 'active' order by 1 limit 1`;
  await sql`update people set is_admin = true where id = ${coordinator!.id}::uuid`;
  const token = newToken();
  await sql`insert into sessions (token_hash, person_id, created_at, seen_on, expires_at)
    values (${hashToken(token)}, ${coordinator!.id}::uuid, now(), current_date, now() + interval '1 day')`;
  const desk = new Browserless(world);
  desk.carry("sid", token);
  const files: [string, string][] = [];
  for (const format of ["csv", "json"])
    files.push([`posts as ${format}`, (await desk.post("/coordinate/out/file", { which: "all", format })).body]);
  for (const path of ["/coordinate/dashboard.csv", "/api/v1/posts"]) files.push([path, (await desk.get(path)).body]);
  return files;
}

/** The four screens, with a mistake on each and a number that cannot be texted. */
async function askByForms(one: Browserless): Promise<string> {
  const what = { what: "kitchen/hot-meals", quantity: "40", title, details: "" };
  await one.post("/needs/new", { ...what, quantity: asker.phone });
  await one.post("/needs/new", what);
  await one.post("/needs/new/when", { when: "never", place: "", address, privateNote: note });
  await one.post("/needs/new/when", { when: "today", place: "Elm and 3rd", address, privateNote: note });
  const reach = { name: asker.name, textLocale: "en" };
  await one.post("/needs/new/reach", { ...reach, phone: extension.typed });
  await one.post("/needs/new/reach", { ...reach, phone: `${asker.typed} ${asker.name}` });
  await one.post("/needs/new/reach", { ...reach, phone: asker.typed });
  await one.get("/needs/new/check");
  const sent = await one.post("/needs/new/check", { visibility: "everyone" });
  expect(sent.to).toMatch(/^\/m\//);

  // A draft that is never sent, with a number that the provider refuses in another one that is.
  const late = new Browserless(world);
  await late.post("/offers/new", { ...what, title: "Canary offer" });
  await late.post("/offers/new/when", { when: "open", place: "", address: laterAddress, privateNote: word });
  await late.post("/offers/new/reach", { name: refused.name, textLocale: "en", phone: refused.typed });
  await late.post("/offers/new/check", { visibility: "everyone" });
  const never = new Browserless(world);
  await never.post("/needs/new", what);
  await never.post("/needs/new/when", { when: "days", place: "", address: laterAddress, privateNote: note });
  return sent.to;
}

async function claimAndLook(two: Browserless, code: string): Promise<void> {
  const sheet = await two.get(`/p/${code}/claims`);
  const key = /name="key" value="([^"]+)"/.exec(sheet.body)![1]!;
  await two.post(`/p/${code}/claims`, { key, quantity: word, note: word });
  const claimed = await two.post(`/p/${code}/claims`, { key, quantity: "20", note: word });
  expect(claimed.to).toMatch(/^\/claims\//);
  expect((await two.get(claimed.to)).body).toContain(address);
  await two.post(`/p/${code}`, { act: "contact" });
  await two.post(claimed.to, { status: "on_the_way" });
  await two.post(claimed.to, { status: "delivered", quantity: giver.phone });
  await two.post(claimed.to, { status: "delivered", quantity: "5" });
  await two.post("/me/settings", { section: "about", name: giver.name.repeat(9), locale: "en" });
  await two.get(`/board?q=${encodeURIComponent(giver.name)}`);
  await two.get(`/p/${encodeURIComponent(giver.phone)}`);
  await two.get(`/sign-in?to=${encodeURIComponent(`/p/${code}?who=${asker.typed}`)}`);
}

async function changeByLink(one: Browserless, manage: string): Promise<void> {
  const edit = { act: "edit", title, details: "", when: "keep", place: "", privateNote: note };
  await one.post(manage, { ...edit, quantity: asker.name, address: laterAddress });
  await one.post(manage, { ...edit, quantity: "60", address: laterAddress });
  await one.get(`${manage}${encodeURIComponent(asker.phone)}`);
}

async function callTheApi(two: Browserless): Promise<void> {
  const [person] = await world.sql<{ id: string }[]>`
    select id from people where phone_lookup = ${world.seal.lookup("phone", giver.phone)}`;
  const token = newToken(32);
  await world.sql`insert into api_tokens (token_hash, person_id, created_at) values (${hashToken(token)}, ${person!.id}, now())`;
  const post = {
    kind: "need",
    group: "kitchen",
    title: "By the API",
    quantity: 3,
    address,
    private_note: note,
    contact: { name: caller.name, phone: caller.typed, email },
  };
  const made = await two.api("POST", "/posts", post, token);
  expect(made.status, made.body).toBe(201);
  const code = (JSON.parse(made.body) as { code?: string }).code ?? (await codeOf("By the API"));
  for (const wrong of [
    { ...post, group: caller.name },
    { ...post, quantity: caller.phone },
    { ...post, contact: { ...post.contact, phone: extension.typed } },
    { ...post, [email]: address },
    `{"title": "${address}", "contact": "${caller.phone}`,
  ]) {
    expect((await two.api("POST", "/posts", wrong, token)).status).toBeGreaterThanOrEqual(400);
  }
  await two.api("PATCH", `/posts/${code}`, { address: laterAddress, private_note: word }, token);
  await two.api("POST", `/posts/${await codeOf(title)}/claims`, { quantity: 2, note: word }, token);
  await two.api("POST", `/posts/${asker.phone}/claims`, { quantity: 2, note: word }, token);
  await two.api("PATCH", "/me", { name: giver.name }, token);
  await two.api(
    "GET",
    `/posts?q=${encodeURIComponent(asker.typed)}&near=${encodeURIComponent(address)}`,
    undefined,
    token,
  );
}

/** Texts in, from people we know and do not know; texts out that fail in each way the simulator has. */
async function textUs(one: Browserless): Promise<void> {
  for (const phone of [asker.phone, stranger.phone, giver.phone]) {
    await one.post("/dev/phones", { do: "text", phone, body: heard });
  }
  await one.post("/dev/phones", { do: "text", phone: stranger.phone, body: "STOP" });
  await one.post("/dev/phones", { do: "add", phone: `${extension.typed} ${asker.name}` });
  const hook = { From: stranger.phone, Body: heard, MessageSid: "SMforged", To: asker.phone };
  expect((await one.post("/hooks/twilio/sms", hook)).status).toBe(403);
  for (const fault of ["error", "error_after", "drop", "undelivered", "none"]) {
    await one.post("/dev/phones", { do: "fault", fault });
    await new Browserless(world).post("/sign-in", { phone: stranger.typed });
    await new Browserless(world).post("/sign-in", { phone: caller.typed });
    await world.until("it was tried", async () => (await untried()) === 0, 20);
  }
}

/** A locked table, killed connections and a killed worker, each while canaries are on their way. */
async function breakThings(one: Browserless, two: Browserless, code: string): Promise<void> {
  const locked = await world.sql.reserve();
  await locked`begin`;
  await locked`lock table people, posts, claims in access exclusive mode`;
  await Promise.all([
    new Browserless(world).post("/sign-in", { phone: caller.typed }),
    two.post(`/p/${code}/claims`, { key: newToken(), quantity: "1", note: word }),
    two.post("/sign-in/name", { name: giver.name }),
  ]);
  await locked`rollback`;
  locked.release();

  for (let kill = 0; kill < 6; kill++) {
    const asked = [
      new Browserless(world).post("/sign-in", { phone: caller.typed }),
      two.post(`/p/${code}/claims`, { key: newToken(), quantity: "1", note: word }),
      one.post("/dev/phones", { do: "text", phone: asker.phone, body: heard }),
    ];
    await world.sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'manyhands%'
      and datname = current_database()`;
    await Promise.all(asked);
  }
  world.worker().kill("SIGKILL");
  await world.until("web and worker are back", async () => (await one.get("/readyz")).status === 200, 30);
}

async function codeOf(of: string): Promise<string> {
  const [row] = await world.sql<{ code: string }[]>`select code from posts where title = ${of}`;
  return row!.code;
}

async function waiting(): Promise<number> {
  const [row] = await world.sql<{ n: number }[]>`
    select (select count(*) from events where fanned_out_at is null)::int
      + (select count(*) from outbox where state in ('claimed', 'submitting'))::int as n`;
  return row!.n;
}

async function untried(): Promise<number> {
  const [row] = await world.sql<{ n: number }[]>`
    select (select count(*) from events where fanned_out_at is null)::int
      + (select count(*) from outbox where attempts = 0 and template = 'sign_in_code'
         and state in ('queued', 'claimed', 'submitting'))::int as n`;
  return row!.n;
}

/** Every row of every table as text, as a dump would hold it. */
async function dumpOf({ sql }: World): Promise<string> {
  const tables = await sql<{ schema: string; name: string }[]>`
    select schemaname as schema, tablename as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`;
  expect(tables.length).toBeGreaterThan(10);
  const parts = [];
  for (const { schema, name } of tables) {
    const rows = await sql<{ line: string }[]>`select t::text as line from ${sql(schema)}.${sql(name)} t`;
    parts.push(name, ...rows.map(({ line }) => line));
  }
  return parts.join("\n");
}

/** What the server wrote since it started; nothing where it does not write files of its own. */
async function logOfDatabase({ sql }: World): Promise<string> {
  const [set] = await sql<{ on: boolean; folder: string }[]>`
    select current_setting('logging_collector') = 'on' as on, current_setting('log_directory') as folder`;
  if (!set!.on) return "";
  const rows = await sql<{ text: string }[]>`
    select pg_read_file(${set!.folder}::text || '/' || name) as text from pg_ls_logdir()`;
  return rows.map(({ text }) => text).join("\n");
}
