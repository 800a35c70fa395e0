import { get } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startInstallation, type Installation } from "./installation.ts";
import { aScene, ROLES, type Role, type Scene } from "./scene.ts";
import { letterOf } from "./walk.ts";

/** What lives beside Remix: found in the running server, so that whatever is mounted next must be written down here. */

let installation: Installation;
let scene: Scene;
beforeAll(async () => {
  scene = await aScene();
  installation = await startInstallation();
}, 60_000);
afterAll(() => installation?.stop());

type Layer = { name: string; regexp: RegExp; route?: { path: string; methods: Record<string, boolean> } };

/** In order, with who may ask. Middlewares that only look at what passes or answer nobody by themselves have no path. */
const MOUNTED = [
  "GET /healthz: anyone",
  "GET /readyz: anyone",
  "/assets: anyone, files of the build",
  "/api: its operations say it",
  "GET /problems/:kind: anyone",
  "POST /hooks/twilio/status: signed by the provider",
  "POST /hooks/twilio/sms: signed by the provider",
  "POST /hooks/twilio/voice: signed by the provider",
  "POST /coordinate/in: only reads the body, for who has a session; the page decides",
  "GET /coordinate/live: coordinators, of their own groups",
];

test("everything that is mounted beside the pages is known", () => {
  const { stack } = (installation.app as unknown as { _router: { stack: Layer[] } })._router;
  const found = stack.flatMap(({ route, regexp }) => {
    if (route) return Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${route.path}`);
    const path = /^\/\^((?:\\\/[\w-]+)+)/.exec(String(regexp))?.[1]?.replaceAll("\\/", "/");
    return path ? [path] : [];
  });
  expect([...new Set(found)].toSorted()).toEqual(MOUNTED.map((line) => line.replace(/: .*/, "")).toSorted());
});

test.each(["/hooks/twilio/status", "/hooks/twilio/sms", "/hooks/twilio/voice"])(
  "%s refuses what is not signed",
  async (path) => {
    for (const role of ROLES) {
      const cookie = scene.sessions[role] && `sid=${scene.sessions[role]}`;
      const form = { body: "From=%2B15550100100&Body=STOP&MessageSid=SM0", type: "application/x-www-form-urlencoded" };
      const answer = await installation.ask({ method: "POST", path, cookie, ...form });
      expect([role, answer.status, answer.written]).toEqual([role, 403, []]);
    }
  },
);

test.each([
  ["/healthz", "..........."],
  ["/problems/not-found", "..........."],
  ["/api/openapi.json", "..........."],
  ["/dev/phones.json", "nnnnnnnnnnn"],
  ["/coordinate/live", "ufffffff..."],
])("%s", async (path, expected) => {
  const letters = await Promise.all(ROLES.map((role) => letterAt(path, role)));
  expect(letters.join("")).toBe(expected);
});

/** Without waiting for the end, which a stream has none of. */
function letterAt(path: string, role: Role): Promise<string> {
  const { port } = new URL(installation.url);
  const token = scene.sessions[role];
  const headers = { host: `localhost:${port}`, ...(token && { cookie: `sid=${token}` }) };
  return new Promise((answered, failed) => {
    const asked = get({ host: "127.0.0.1", port, path, headers }, (response) => {
      answered(letterOf({ status: response.statusCode!, headers: response.headers }));
      asked.destroy();
    });
    asked.on("error", failed);
  });
}
