import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { connect, createServer, type Server, type Socket } from "node:net";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { seed } from "#db/seed.server.ts";
import { makeWorld, type World } from "./world.ts";

const IN_FLIGHT = 50;

let world: World;
let line: Line;
beforeAll(async () => {
  const server = new URL(inject("server"));
  line = new Line(Number(server.port || 5432), server.hostname);
  await line.open();
  world = await makeWorld(inject("server"), inject("template"), {
    through: (address) => Object.assign(new URL(address), { host: `127.0.0.1:${line.port}` }).href,
  });
  await seed(world.ctx());
});
afterAll(async () => {
  await world?.stop();
  line?.cut();
});

test("told to stop with 50 requests in flight, it answers them all and leaves with 0 within ten seconds", async () => {
  const web = world.web();
  const locked = await world.sql.reserve();
  await locked`begin`;
  await locked`lock table posts in access exclusive mode`;
  const asked = Array.from({ length: IN_FLIGHT }, (_, n) => ask(`/board?q=soup${n}`));
  await Promise.all(asked.map(({ begun }) => begun));
  await world.until("they wait for the database", async () => {
    const [row] = await world.sql<{ n: number }[]>`select count(*)::int as n from pg_stat_activity
      where datname = current_database() and application_name = 'manyhands web' and wait_event_type = 'Lock'`;
    return row!.n === 10;
  });
  const gone = once(web, "exit");
  const start = Date.now();
  web.kill("SIGTERM");
  await world.until(
    "it takes no more",
    () =>
      fetch(`${world.url}/healthz`).then(
        () => false,
        () => true,
      ),
    2,
  );
  await locked`rollback`;
  locked.release();

  const answers = await Promise.all(asked.map(({ answer }) => answer));
  expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(IN_FLIGHT).fill(200));
  expect(await gone).toEqual([0, null]);
  const took = Date.now() - start;
  expect(took).toBeLessThan(10_000);
  console.info(`stopped with ${IN_FLIGHT} in flight: all answered, gone after ${took} ms`);
  await world.until("the next one is there", () => isUp("/readyz"), 30);
});

test("while the database is away a page and a problem say so; two seconds after it is back all is well", async () => {
  line.cut();
  const page = await world.until("it is felt", () => fetched("/board?q=away", 503), 10);
  expect(page.headers.get("retry-after")).toBe("5");
  expect(await page.text()).toMatch(/<h1>/);
  const api = await world.until("the API says so too", () => fetched("/api/v1/posts", 503), 10);
  expect(api.headers.get("content-type")).toContain("application/problem+json");
  expect(((await api.json()) as { type: string }).type).toMatch(/unavailable$/);
  expect((await fetch(`${world.url}/readyz`)).status).toBe(503);

  await line.open();
  const start = Date.now();
  await world.until("pages are back", () => fetched("/board?q=back", 200), 10);
  const took = Date.now() - start;
  expect(took).toBeLessThan(2_000);
  await world.until("the worker is back", () => isUp("/readyz"), 20);
  console.info(`database away: 503, back after ${took} ms`);
});

const isUp = (path: string) =>
  fetch(world.url + path).then(
    ({ ok }) => ok,
    () => false,
  );

async function fetched(path: string, status: number): Promise<Response | null> {
  const answer = await fetch(world.url + path).catch(() => null);
  if (answer?.status === status) return answer;
  await answer?.body?.cancel();
  return null;
}

/** A request on its own connection; `begun` when the server has read it and said so (100 Continue). */
function ask(path: string): { begun: Promise<unknown>; answer: Promise<IncomingMessage> } {
  const asking = request(world.url + path, { agent: false, headers: { Expect: "100-continue" } });
  const answer = new Promise<IncomingMessage>((done, failed) => {
    asking.once("response", (response) => done(response.resume())).once("error", failed);
  });
  answer.catch(() => undefined);
  const begun = once(asking, "continue");
  asking.end();
  return { begun, answer };
}

/** The wire to the database, which can be cut. */
class Line {
  port = 0;
  #server: Server | undefined;
  readonly #ends = new Set<Socket>();

  constructor(
    readonly to: number,
    readonly host: string,
  ) {}

  async open(): Promise<void> {
    this.#server = createServer((near) => {
      const far = connect(this.to, this.host);
      for (const [end, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#ends.add(end);
        end.once("close", () => (this.#ends.delete(end), other.destroy()));
        end.on("error", () => other.destroy());
        end.pipe(other);
      }
    }).listen(this.port, "127.0.0.1");
    await once(this.#server, "listening");
    this.port = (this.#server.address() as { port: number }).port;
  }

  cut(): void {
    this.#server?.close();
    for (const end of this.#ends) end.destroy();
  }
}
