import { beforeAll, expect, test } from "vitest";
import { fanOut } from "#app/notifications/fan-out.server.ts";
import { testCtx, testDb } from "#tests/setup/context.ts";
import { canariesIn } from "./fields.ts";
import { aScene, type Scene } from "./scene.ts";

/** Everything that happened in the scene is told by text: to whom, with which canaries in it. */

let scene: Scene;
const told = new Map<string, Set<string>>();
let texts = 0;

beforeAll(async () => {
  scene = await aScene();
  const { sql } = testDb();
  await sql`update events set fanned_out_at = null`;
  while ((await fanOut(testCtx())) > 0);
  const { seal } = testCtx();
  const rows = await sql<{ id: string; person_id: string; body_sealed: string }[]>`
    select id, person_id, body_sealed from outbox where template <> 'reply'`;
  texts = rows.length;
  for (const { id, person_id: personId, body_sealed: sealed } of rows) {
    const body = seal.open(sealed, { table: "outbox", column: "body_sealed", row: id });
    const [role = "somebody else"] = Object.entries(scene.people).find(([, person]) => person.id === personId) ?? [];
    for (const canary of canariesIn(body, scene)) told.set(canary, (told.get(canary) ?? new Set()).add(role));
  }
}, 60_000);

test("no text says an address, a note, a number or an answer, and a name only to the other side", () => {
  expect(texts).toBeGreaterThan(10);
  const said = Object.fromEntries([...told].map(([canary, to]) => [canary, [...to].toSorted().join(" ")]));
  expect(said).toEqual({
    "message of everyone": "author",
    "reported of everyone": "author",
    // As long as a text has room for.
    "name of unchec": "author",
    "name of claimer": "author",
    "name of released": "author",
    "name of helper": "author",
  });
});
