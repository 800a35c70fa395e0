import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { BadEnvironment, loadEnv } from "#app/core/env.server.ts";

let DATA_DIR: string;
beforeEach(() => void (DATA_DIR = mkdtempSync(join(tmpdir(), `manyhands-test-${process.pid}-`))));
afterEach(() => rmSync(DATA_DIR, { recursive: true, force: true }));

const TWILIO = { TWILIO_ACCOUNT_SID: `AC${"0".repeat(32)}`, TWILIO_AUTH_TOKEN: "t", TWILIO_FROM: "+15550100199" };

test("with nothing set it is a local try-out: simulator, demo, loopback", () => {
  expect(loadEnv({ DATA_DIR, PORT: "" })).toMatchObject({
    PORT: 3000,
    HOST: "127.0.0.1",
    PUBLIC_URL: "http://localhost:3000",
    SMS_PROVIDER: "local",
    DEMO: true,
    ROLES: ["web", "worker"],
  });
});

test("secrets are made once, for the owner alone, and given ones win", () => {
  const first = loadEnv({ DATA_DIR });
  expect(loadEnv({ DATA_DIR }).DATA_KEY).toBe(first.DATA_KEY);
  expect(statSync(join(DATA_DIR, "secrets.json")).mode & 0o777).toBe(0o600);
  expect(loadEnv({ DATA_DIR, DATA_KEY: "mine" })).toMatchObject({
    DATA_KEY: "mine",
    SESSION_SECRET: first.SESSION_SECRET,
  });
});

test("where both secrets are given, none is written", () => {
  loadEnv({ DATA_DIR, DATA_KEY: "mine", SESSION_SECRET: "s".repeat(32) });
  expect(existsSync(join(DATA_DIR, "secrets.json"))).toBe(false);
});

test("with Twilio, or a database of one's own, nobody gets a demo by surprise", () => {
  expect(loadEnv({ DATA_DIR, ...TWILIO })).toMatchObject({ SMS_PROVIDER: "twilio", DEMO: false });
  expect(loadEnv({ DATA_DIR, DATABASE_URL: "postgres://u@db/x" }).DEMO).toBe(false);
  expect(loadEnv({ DATA_DIR, ...TWILIO, DEMO: "yes" }).DEMO).toBe(true);
});

test("several numbers may be given, each once", () => {
  expect(loadEnv({ DATA_DIR, ...TWILIO, TWILIO_FROM: "+15550100199, +15550100198,+15550100199" }).TWILIO_FROM).toBe(
    "+15550100199,+15550100198",
  );
});

test.each([
  [{ PORT: "abc" }, "PORT must be a port number."],
  [{ DATABASE_URL: "mysql://x" }, "DATABASE_URL must look like postgres://user:password@host:5432/name."],
  [{ ROLES: "web,cook" }, "ROLES must be web, worker or web,worker."],
  [{ DEMO: "perhaps" }, "DEMO must be true or false."],
  [{ SMS_PROVIDER: "twilio" }, "SMS_PROVIDER is twilio, so TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN must be set."],
  [{ ...TWILIO, TWILIO_FROM: "" }, "Set TWILIO_FROM or TWILIO_MESSAGING_SERVICE_SID: texts need a sender."],
  [
    { ...TWILIO, TWILIO_FROM: "+15550100199;+15550100198" },
    "TWILIO_FROM must be a number like +15550100199, or several divided by commas.",
  ],
  [{ SMS_RATE: "fast" }, "SMS_RATE must be segments a second, from 0.05 to 1000."],
  [{ SMS_BURST: "0" }, "SMS_BURST must be segments at once, from 1 to 1000."],
  [{ SMS_DAILY_CAP: "12.5" }, "SMS_DAILY_CAP must be segments a day: a whole number, 30 or more."],
  [{ SMS_COUNTRIES: "US,XX" }, "SMS_COUNTRIES must be countries like US,CA,MX, or all."],
  [{ SMS_TIME_ZONE: "Brooklyn" }, "SMS_TIME_ZONE must be a time zone like America/New_York."],
  ...[
    "tiles.example.org/{z}/{x}/{y}.png",
    "https://tiles.example.org/{z}/{x}.png",
    "ftp://t/{z}/{x}/{y}",
    "https://{x}.t/{z}/{y}/",
  ].map((MAP_TILES_URL): [Record<string, string>, string] => [
    { MAP_TILES_URL },
    "MAP_TILES_URL must be an address like https://tiles.example.org/{z}/{x}/{y}.png.",
  ]),
  [{ RATE_LIMITS: "off", HOST: "0.0.0.0" }, "RATE_LIMITS may be off only while HOST is 127.0.0.1, ::1 or localhost."],
])("%o is refused in one line", (given, line) => {
  expect(() => loadEnv({ DATA_DIR, ...given })).toThrow(new BadEnvironment(line));
});
