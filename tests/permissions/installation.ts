import { createRequire } from "node:module";
import { createServer, request as httpRequest, Agent } from "node:http";
import type { AddressInfo } from "node:net";
import { basename } from "node:path";
import type { ServerBuild } from "@remix-run/node";
import type { Express } from "express";
import { mountApi } from "#app/api/mount-api.server.ts";
import { loadEnv } from "#app/core/env.server.ts";
import * as entry from "#app/entry.server.tsx";
import * as root from "#app/root.tsx";
import { mountTwilioHooks } from "#app/sms/webhooks.server.ts";
import { makeApp } from "#app/web/http/app.server.ts";
import { mountLive } from "#app/web/http/live-stream.server.ts";
import type { Services } from "#app/web/services.server.ts";
import { connect } from "#db/client.server.ts";
import { testCtx, testDatabaseUrl } from "#tests/setup/context.ts";

type Handler = ((raw: unknown) => Promise<unknown>) & { access?: string };
export type RouteModule = { loader?: Handler; action?: Handler; default?: unknown };
type Route = { id: string; parentId?: string; path?: string; index?: boolean; file: string };

const modules = import.meta.glob<RouteModule>("../../app/routes/*.{ts,tsx}", { eager: true });
const { flatRoutes } = createRequire(import.meta.url)("@remix-run/dev/dist/config/flat-routes.js") as {
  flatRoutes(appDirectory: string, ignored?: string[]): Record<string, Route>;
};

/** Every route as Remix finds them: its own reading of the file names, with the modules themselves. */
export const ROUTES = Object.values(flatRoutes("app", ["**/.*"])).map((route) => ({
  ...route,
  module: modules[`../../app/routes/${basename(route.file)}`]!,
}));

/** What the bundler would write, of the same modules: documents, `?_data=`, actions and errors run as they do in production. */
function buildOf(): ServerBuild {
  const routes = [
    { id: "root", parentId: undefined, path: "", index: undefined, module: root },
    ...ROUTES.map(({ id, parentId, path, index, module }) => ({ id, parentId, path, index, module })),
  ];
  const assets = routes.map(({ id, parentId, path, index, module }) => [
    id,
    {
      id,
      parentId,
      path,
      index,
      hasAction: "action" in module,
      hasLoader: "loader" in module,
      hasClientAction: false,
      hasClientLoader: false,
      hasErrorBoundary: id === "root",
      module: `/assets/${id}.js`,
    },
  ]);
  return {
    mode: "production",
    entry: { module: entry },
    routes: Object.fromEntries(routes.map((route) => [route.id, route])),
    assets: {
      entry: { module: "/assets/entry.js", imports: [] },
      routes: Object.fromEntries(assets),
      url: "/assets/manifest.js",
      version: "test",
    },
    publicPath: "/",
    assetsBuildDirectory: "build/client",
    future: { v3_fetcherPersist: true, v3_relativeSplatPath: true, v3_throwAbortReason: true },
    isSpaMode: false,
  } as unknown as ServerBuild;
}

export type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: string };
type Asked = {
  method: string;
  path: string;
  cookie?: string | null;
  body?: string | null;
  type?: string;
  headers?: Record<string, string>;
};

export type Installation = {
  app: Express;
  url: string;
  /** One request, taken back afterwards: every one finds the same world. `written`: the tables in which it changed rows. */
  ask(asked: Asked): Promise<Answer & { written: string[] }>;
  stop(): Promise<void>;
};

/** The whole web process over one connection, so that what a request does can be watched and undone. Limits are off unless `settings` say. */
export async function startInstallation(
  given: Partial<Services> = {},
  settings: Record<string, string> = {},
): Promise<Installation> {
  const db = connect(testDatabaseUrl(), { max: 1, applicationName: "permissions" });
  const server = createServer((req, res) => app(req, res));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  const { seal, log } = testCtx();
  const env = loadEnv({
    NODE_ENV: "test",
    PORT: String(port),
    PUBLIC_URL: `http://localhost:${port}`,
    DATABASE_URL: testDatabaseUrl(),
    DATA_KEY: Buffer.alloc(32, 7).toString("base64"),
    SESSION_SECRET: "p".repeat(40),
    SMS_PROVIDER: "twilio",
    TWILIO_ACCOUNT_SID: `AC${"0".repeat(32)}`,
    TWILIO_AUTH_TOKEN: "t".repeat(32),
    TWILIO_FROM: "+15005550006",
    RATE_LIMITS: "off",
    ...settings,
  });
  const services: Services = { env, db, seal, log, ...given };
  let close = () => {};
  const mount = (into: Express) => {
    mountApi(into, services);
    mountTwilioHooks(into, services);
    close = mountLive(into, services).close;
  };
  const app = makeApp(services, { build: buildOf(), buildDir: "build", isStopping: () => false, mount });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const { sql } = db;
  const written = () => sql<{ table: string; n: string }[]>`
    select relname as table, n_tup_ins + n_tup_upd + n_tup_del as n from pg_stat_xact_user_tables
    where n_tup_ins + n_tup_upd + n_tup_del > 0`;
  return {
    app,
    url: `http://localhost:${port}`,
    async ask(asked) {
      await sql`begin`;
      try {
        const before = new Map((await written()).map(({ table, n }) => [table, n]));
        const answer = await send(agent, port, asked);
        const after = await written();
        return { ...answer, written: after.flatMap(({ table, n }) => (before.get(table) === n ? [] : [table])) };
      } finally {
        await sql`rollback`;
      }
    },
    async stop() {
      close();
      agent.destroy();
      await new Promise((done) => server.close(done));
      await db.end();
    },
  };
}

function send(agent: Agent, port: number, { method, path, cookie, body, type, headers = {} }: Asked): Promise<Answer> {
  return new Promise((answered, failed) => {
    const sent = httpRequest(
      {
        agent,
        port,
        method,
        path,
        host: "127.0.0.1",
        headers: {
          host: `localhost:${port}`,
          "accept-language": "en",
          ...(cookie ? { cookie } : {}),
          ...(method === "GET" || method === "HEAD" ? {} : { origin: `http://localhost:${port}` }),
          ...(body == null ? {} : { "content-type": type }),
          ...headers,
        },
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("end", () =>
          answered({
            status: response.statusCode!,
            headers: response.headers,
            body: Buffer.concat(parts).toString("utf8"),
          }),
        );
      },
    );
    sent.on("error", failed);
    sent.end(body ?? undefined);
  });
}
