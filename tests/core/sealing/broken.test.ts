import { afterAll, expect, test } from "vitest";
import { makeLog } from "#app/core/log.server.ts";
import { makeSeal } from "#app/core/seal.server.ts";
import { brokenAlarm } from "#app/core/sealing/broken-alarm.server.ts";
import { SEALED_COLUMNS } from "#app/core/sealing/sealed-columns.ts";
import { startInstallation, type Installation } from "#tests/permissions/installation.ts";
import { rowsOf, type Row } from "#tests/permissions/rows.ts";
import { aScene, type Role, type Scene } from "#tests/permissions/scene.ts";
import { testDb } from "#tests/setup/context.ts";

const { sql } = testDb();
const ASKING: readonly Role[] = ["claimer", "author", "coordinator", "admin"];
/** What those four are shown somewhere; the others are only acted on. */
const SHOWN = [
  "broadcasts.words_sealed",
  "claims.note_sealed",
  "imports.content_sealed",
  "inbound_texts.body_sealed",
  "memberships.note_sealed",
  "outbox.body_sealed",
  "people.email_sealed",
  "people.name_sealed",
  "people.phone_sealed",
  "posts.address_sealed",
  "posts.contact_name_sealed",
  "posts.note_sealed",
  "relay_texts.body_sealed",
  "shift_notes.words_sealed",
  "text_threads.phone_sealed",
  "voice_calls.transcript_sealed",
];
const said: string[] = [];
const log = makeLog("error", (line) => void said.push(line));
let installation: Installation | undefined;
afterAll(() => installation?.stop());

test("where nothing sealed opens, every page is shown without it, and the log says where", async () => {
  const scene = await aScene();
  installation = await startInstallation({
    log,
    seal: makeSeal(Buffer.alloc(32, 7).toString("base64"), brokenAlarm(log)),
  });
  const rows = rowsOf(scene);
  const pages = rows.filter(({ form, json }) => (json ? json.method === "GET" : !form));
  expect(pages.length).toBeGreaterThan(80);
  const whole = await walk(scene, pages);
  expect(whole.shown.size).toBeGreaterThan(10);
  expect([...whole.failed, ...said]).toEqual([]);

  await moveAll();
  const broken = await walk(scene, pages);
  expect(broken.failed).toEqual([]);
  // What a post says of itself is not sealed.
  expect([...broken.shown].filter((words) => !/^zq-(answer|details)-/.test(words))).toEqual([]);
  const alarms = said.map((line) => JSON.parse(line) as { what: string; table: string; column: string });
  expect(new Set(alarms.map(({ what }) => what))).toEqual(new Set(["a sealed value does not open"]));
  const where = new Set(alarms.map(({ table, column }) => `${table}.${column}`));
  expect([...where].toSorted()).toEqual(SHOWN);
  const acts = await walk(
    scene,
    rows.filter(({ form }) => form),
  );
  // Without a number there is nothing to hide in a message, and nobody to answer: these would rather fail.
  const refused = new Set(acts.failed.map((name) => name.replace(/^\w+: /, "")));
  expect([...refused].toSorted()).toEqual([
    "POST claims.$id_.messages of claimer say",
    "POST claims.$id_.messages of other say",
    "POST coordinate_.messages_.$thread ours answer",
    "POST m.$token_.messages held say",
  ]);
}, 300_000);

/** Which rows failed for whom, and every canary that was shown. */
async function walk(scene: Scene, rows: Row[]): Promise<{ failed: string[]; shown: Set<string> }> {
  const failed: string[] = [];
  const shown = new Set<string>();
  for (const row of rows) {
    for (const role of ASKING) {
      const cookie = scene.sessions[role] && `sid=${scene.sessions[role]}`;
      const answer = await installation!.ask({
        method: row.form ? "POST" : "GET",
        path: row.path,
        cookie,
        body: row.form ? new URLSearchParams(row.form).toString() : null,
        type: "application/x-www-form-urlencoded",
      });
      if (answer.status >= 500) failed.push(`${role}: ${row.name}`);
      for (const [words] of answer.body.matchAll(/zq-[a-z]+-[a-z]+|Zqname[a-z]+/g)) shown.add(words);
    }
  }
  return { failed, shown };
}

/** Gives every row what another one was sealed for; the only one of its kind gets other letters. */
async function moveAll(): Promise<void> {
  for (const { table, column, key } of SEALED_COLUMNS) {
    await sql`
      with others as (
        select ${sql.unsafe(key)} as at,
          coalesce(lead(${sql(column)}) over w, first_value(${sql(column)}) over w) as other, count(*) over () as n
        from ${sql(table)} where ${sql(column)} is not null window w as (order by ${sql.unsafe(key)}
          rows between unbounded preceding and unbounded following)
      )
      update ${sql(table)} set ${sql(column)} = case when n = 1 then overlay(other placing 'AAAAAAAA' from 12) else other end
      from others where ${sql.unsafe(key)} = others.at`;
  }
}
