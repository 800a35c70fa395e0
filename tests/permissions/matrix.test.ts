import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { operations } from "#app/api/operations.server.ts";
import { SEALED_COLUMNS } from "#app/core/sealing/sealed-columns.ts";
import { CANARY_OF, EXPECTED, FIELDS, RECORDED_READINGS } from "./expected.ts";
import { sightings } from "./fields.ts";
import { ROUTES, startInstallation, type Installation } from "./installation.ts";
import { rowsOf, type Row } from "./rows.ts";
import { aScene, ROLES, type Scene } from "./scene.ts";
import { isReading, lettersOf, walk, type Visit } from "./walk.ts";

/** Every loader and action × everybody × everything it may be about × every way in, against the table in `expected.ts`. */

let installation: Installation;
let scene: Scene;
let rows: Row[];
const visits: Visit[] = [];
let seen: ReturnType<typeof sightings>;
const of = (name: string) => visits.filter(({ row }) => row.name === name);
const ROLES_AND_LINK = [...ROLES, "link"];

beforeAll(async () => {
  scene = await aScene();
  installation = await startInstallation();
  rows = rowsOf(scene);
  const started = performance.now();
  for (const row of rows) visits.push(...(await walk(installation, scene, row)));
  console.info(`${rows.length} rows, ${visits.length} requests in ${Math.round(performance.now() - started)} ms`);
  seen = sightings(visits);
  const print = process.env["PRINT_PERMISSIONS"];
  if (print) {
    const got = rows.map((row) => `${lettersOf(of(row.name)).padEnd(14)} ${row.name}`);
    const fields = [...seen].map(
      ([canary, readers]) => `${canary}: ${ROLES_AND_LINK.filter((one) => readers.has(one)).join(" ")}`,
    );
    writeFileSync(print, [...got, "", ...fields.toSorted()].join("\n"));
  }
}, 600_000);
afterAll(() => installation?.stop());

describe("who gets what", () => {
  test("has a row for every loader and every action", () => {
    const names = new Set(
      rows.map(({ route, form, json }) => (json ? route : `${form ? "action" : "loader"} of ${route}`)),
    );
    const missing = ROUTES.flatMap(({ id, module }) => [
      ...(module.loader && !names.has(`loader of ${id}`) ? [`loader of ${id}`] : []),
      ...(module.action && !names.has(`action of ${id}`) ? [`action of ${id}`] : []),
    ]);
    const unasked = operations
      .map(({ method, path }) => `${method} ${path}`)
      .filter((operation) => !names.has(operation));
    expect([...missing, ...unasked]).toEqual([]);
    expect(rows.map(({ name }) => name).toSorted()).toEqual(Object.keys(EXPECTED).toSorted());
  });

  test.each(Object.entries(EXPECTED))("%s", (name, expected) => {
    expect(lettersOf(of(name))).toBe(expected);
  });
});

test("what takes no form refuses one, and what only takes one shows nothing", async () => {
  const cookie = `sid=${scene.sessions.admin}`;
  const wrong: string[] = [];
  for (const { id, module } of ROUTES) {
    const row = rows.find(({ route }) => route === id)!;
    const asked = [
      ...(module.action ? [] : [{ method: "POST", body: "x=1", type: "application/x-www-form-urlencoded" }]),
      ...(module.loader || module.default ? [] : [{ method: "GET" }]),
    ];
    for (const each of asked) {
      const { status, written } = await installation.ask({ ...each, path: row.path, cookie });
      if (![400, 405].includes(status) || written.length > 0)
        wrong.push(`${each.method} ${id}: ${status} ${written.join()}`);
    }
  }
  expect(wrong).toEqual([]);
});

test("nothing breaks", () => {
  expect(
    visits.filter(({ letter }) => letter === "!").map(({ row, role, way, status }) => [row.name, role, way, status]),
  ).toEqual([]);
});

/** A reading is an event, and on its way into the audit log. */
const isRecord = (written: string[]) => written.toSorted().join() === "audit_inbox,events";

test("asking changes nothing, but for readings that are to be recorded", () => {
  const changes = visits.filter(({ row, written }) => isReading(row) && written.length > 0);
  const unexpected = changes.filter(({ row, written }) => !isRecord(written) || !RECORDED_READINGS.includes(row.route));
  expect(unexpected.map(({ row, role, way, written }) => `${row.name} ${role} ${way}: ${written.join()}`)).toEqual([]);
  expect([...new Set(changes.map(({ row }) => row.route))].toSorted(), "so the watching works").toEqual(
    RECORDED_READINGS.toSorted(),
  );
});

test("who is refused has changed nothing", () => {
  const refused = visits.filter(({ letter, written }) => "sufnx".includes(letter) && written.length > 0);
  expect(refused.map(({ row, role, way, written }) => `${row.name} ${role} ${way}: ${written.join()}`)).toEqual([]);
  expect(
    visits.filter(({ letter, written }) => letter === ">" && written.includes("posts")),
    "so the watching works",
  ).not.toEqual([]);
});

test("what is shown to somebody signed in, or behind a private link, is kept nowhere", () => {
  const personal = visits.filter(
    ({ role, row, letter }) => letter === "." && (role !== "visitor" || row.route.startsWith("routes/m.")),
  );
  const kept = personal.filter(({ headers }) => !/no-store/.test(String(headers["cache-control"])));
  expect([...new Set(kept.map(({ row, way }) => `${row.name} ${way}`))]).toEqual([]);
});

describe("who sees which field", () => {
  test.each(Object.entries(FIELDS))("%s", (canary, readers) => {
    const found = seen.get(canary) ?? new Map<string, Set<string>>();
    const beyond = [...found].filter(([reader]) => !readers.split(" ").includes(reader));
    expect(beyond.map(([reader, names]) => `${reader}: ${[...names].join("; ")}`)).toEqual([]);
    expect([...found.keys()].toSorted()).toEqual(readers.split(" ").filter(Boolean).toSorted());
  });

  test("has a canary in every sealed column that is shown to anybody", () => {
    const columns = SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`);
    expect(Object.keys(CANARY_OF).toSorted()).toEqual(columns.toSorted());
    const shown = Object.values(CANARY_OF).filter((field) => field !== null);
    expect(shown.filter((field) => !Object.keys(FIELDS).some((canary) => canary.startsWith(`${field} of `)))).toEqual(
      [],
    );
  });

  test("has a row for every canary that shows anywhere", () => {
    expect([...seen.keys()].filter((canary) => !(canary in FIELDS))).toEqual([]);
  });
});
