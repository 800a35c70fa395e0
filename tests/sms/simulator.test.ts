import { expect, test } from "vitest";
import { moveClock, openClock } from "#app/core/clock.server.ts";
import { simulatorFor } from "#app/sms/simulator/mount.server.ts";
import { quickWords } from "#app/sms/simulator/personas.ts";
import { faultNow, faultsOf, FAULTS, piecesOf } from "#app/sms/simulator/phones.ts";
import { segmentsOf } from "#app/sms/segments.ts";
import { aPhone } from "#tests/factories.ts";
import { liveEnv, startTwilio } from "#tests/mocks/twilio.ts";
import { testCtx } from "#tests/setup/context.ts";

type Hook = { path: string; params: URLSearchParams };

/** A simulator whose hooks are only written down. */
async function listening(faults: Parameters<typeof startTwilio>[0] = {}) {
  const hooks: Hook[] = [];
  const twilio = await startTwilio({ reportEveryMs: 1, ...faults }, (app) =>
    app.post("/hooks/*", (req, res) => {
      hooks.push({ path: req.path, params: new URLSearchParams(String(req.body)) });
      res.sendStatus(204);
    }),
  );
  const send = (to: string) =>
    twilio.simulator.create(
      new URLSearchParams({
        To: to,
        From: "+15005550006",
        Body: "hello",
        StatusCallback: `${twilio.url}/hooks/status`,
      }),
    );
  return { ...twilio, hooks, send };
}

const statuses = (hooks: Hook[]) => hooks.map(({ params }) => params.get("MessageStatus"));

test("reports can come twice and in the wrong order", async () => {
  const { hooks, send, stop } = await listening({
    faults: { latencyMs: 0, reportsTwice: true, reportsReversed: true },
  });
  await send(aPhone());
  await expect.poll(() => statuses(hooks)).toEqual(["delivered", "delivered", "sent", "sent"]);
  await stop();
});

test("a text to us can be lost, come twice, and be sent again from the wire log", async () => {
  const { hooks, simulator, stop } = await listening();
  const phone = aPhone();
  Object.assign(simulator.faults, faultsOf("inbound_lost"));
  expect(await simulator.textAs(phone, "NEED")).toBe("lost");
  expect(hooks).toEqual([]);
  // The provider still lists it: that is where a sweep finds it.
  expect(simulator.list({ to: null, from: phone }).map(({ body }) => body)).toEqual(["NEED"]);

  Object.assign(simulator.faults, faultsOf("inbound_twice"));
  await simulator.textAs(phone, "LIST");
  expect(new Set(hooks.map(({ params }) => params.get("MessageSid"))).size).toBe(1);
  expect(hooks).toHaveLength(2);
  expect(await simulator.replay(0)).toBe(204);
  expect(hooks[2]!.params.get("MessageSid")).toBe(hooks[0]!.params.get("MessageSid"));
  expect(await simulator.replay(500)).toBeNull();
  await stop();
});

test("personas' phones are there from the start: a landline never gets a text, an opted-out phone refuses it", async () => {
  const { hooks, send, simulator, stop } = await listening({ personas: true, faults: { latencyMs: 0 } });
  expect(simulator.phones()).toHaveLength(6);
  await send("+15550100902");
  await expect.poll(() => statuses(hooks)).toEqual(["sent", "undelivered"]);
  expect(hooks[1]!.params.get("ErrorCode")).toBe("30006");
  expect(await send("+15550100903")).toMatchObject({ status: 400, body: { code: 21610 } });
  simulator.clear();
  expect(simulator.phones()).toHaveLength(6);
  await stop();
});

test("every way to misbehave can be set and is recognised again", () => {
  for (const { name } of FAULTS) expect(faultNow(faultsOf(name))).toBe(name);
  expect(faultsOf("nonsense")).toEqual(faultsOf("none"));
});

test("an old phone shows a long text in the pieces it is sent in", () => {
  for (const body of ["short", "x".repeat(161), "é€".repeat(100), "👍🏽 ".repeat(40), "نحتاج ".repeat(30)]) {
    const pieces = piecesOf(body);
    expect(pieces.join("")).toBe(body);
    expect(pieces).toHaveLength(Math.max(1, segmentsOf(body).count));
  }
});

test("words for one tap carry the code this phone was sent last", () => {
  expect(quickWords("en", "Kitchen: new need 4F2K: Soup, 12 meals. https://x/p/4F2K")).toContain("CLAIM 4F2K");
  expect(quickWords("es", "nada")).not.toContain("TOMO {code}");
});

test("the clock can be moved on where texts are simulated, and nowhere else", async () => {
  const { db } = testCtx();
  const hours = (now: Date) => Math.round((now.getTime() - Date.now()) / 3_600_000);
  await moveClock(db, 3600);
  await moveClock(db, 24 * 3600);
  const simulated = openClock({ SMS_PROVIDER: "local" }, db);
  const real = openClock({ SMS_PROVIDER: "twilio" }, db);
  await expect.poll(() => hours(simulated.now())).toBe(25);
  expect(hours(real.now())).toBe(0);
  await moveClock(db, null);
  await expect.poll(() => hours(simulated.now()), { timeout: 3_000 }).toBe(0);
  simulated.close();
});

test("there is no simulator beside a live provider", () => {
  const live = liveEnv();
  expect(live.SMS_PROVIDER).toBe("twilio");
  expect(simulatorFor(live)).toBeUndefined();
});
