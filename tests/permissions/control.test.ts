import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startInstallation, type Installation } from "./installation.ts";
import { rowsOf } from "./rows.ts";
import { aScene, type Scene } from "./scene.ts";
import { walk } from "./walk.ts";

/** The other way round: with a rule taken out of the product, what the matrix looks at shows it. */

vi.mock("#app/people/accepted.server.ts", () => ({
  isAccepted: ({ db }: { db: { sql: (parts: TemplateStringsArray) => unknown } }) => db.sql`true`,
}));

let installation: Installation;
let scene: Scene;
beforeAll(async () => {
  scene = await aScene();
  installation = await startInstallation();
}, 60_000);
afterAll(() => installation?.stop());

test("were everybody accepted, a row of the matrix and two of the fields would go red", async () => {
  const row = rowsOf(scene).find(({ name }) => name === "POST p.$code everyone contact")!;
  const visits = (await walk(installation, scene, row)).filter(({ role }) => role === "unchecked");
  expect(visits.map(({ letter }) => letter)).toEqual([".", "."]);
  for (const { canaries } of visits)
    expect(canaries).toEqual(expect.arrayContaining(["address of everyone", "note of everyone"]));
});
