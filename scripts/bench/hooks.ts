import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks.js";
import { INBOUND_PATH, providerOf } from "#app/sms/provider.server.ts";
import { best, compare, drive, type Figures, type Line } from "./measure.ts";
import { startFloor } from "./pages.ts";
import { SESSION_SECRET, type BenchWorld } from "./world.ts";

const CLIENTS = 16;
const COUNT = 600;
const ROUNDS = 3;

/** Texts that come in, as the provider posts them: signed, each from another phone; beside a server that only keeps them. */
export async function benchHooks(world: BenchWorld): Promise<Line[]> {
  const web = await world.run("web");
  const floor = await startFloor(world);
  const post = poster();
  const address = web.url + INBOUND_PATH;
  const { accountSid, authToken } = providerOf({
    SMS_PROVIDER: "local",
    SESSION_SECRET,
    PUBLIC_URL: web.url,
    HOST: "127.0.0.1",
    PORT: 0,
  });
  let number = 0;
  const text = () => {
    const params = {
      MessageSid: `SM${randomUUID().replaceAll("-", "")}`,
      AccountSid: accountSid,
      From: `+1555${String(4_000_000 + number++)}`,
      To: "+15005550006",
      Body: "LIST kitchen",
      NumMedia: "0",
    };
    return { params, signature: getExpectedTwilioSignature(authToken, address, params) };
  };
  const rounds = { web: [] as Figures[], floor: [] as Figures[] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const [which, url] of [
      ["web", address],
      ["floor", floor.url],
    ] as const) {
      rounds[which].push(
        await drive(COUNT, CLIENTS, async () => {
          const { params, signature } = text();
          const status = await post(url, new URLSearchParams(params).toString(), signature);
          if (status !== 200) throw new Error(`the hook answered ${status}`);
        }),
      );
    }
  }
  floor.child.kill();
  web.child.kill("SIGTERM");
  const [ours, theirs] = [best(rounds.web), best(rounds.floor)];
  const line = compare(
    "texts",
    `a text comes in, ${CLIENTS} at once`,
    ours,
    theirs,
    "goal: p95 100 ms; floor: node:http, one insert",
  );
  return [line];
}

/** POSTs over kept-alive connections. */
function poster() {
  const agent = new Agent({ keepAlive: true });
  return (url: string, body: string, signature: string) =>
    new Promise<number>((done, failed) => {
      const headers = { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature };
      request(url, { method: "POST", agent, headers }, (answer) => {
        answer.resume();
        answer.on("end", () => done(answer.statusCode!));
        answer.on("error", failed);
      })
        .on("error", failed)
        .end(body);
    });
}
