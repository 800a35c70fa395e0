import { expect, test } from "vitest";
import { homeOf, whyNotTexted } from "#app/core/countries.ts";
import { loadEnv } from "#app/core/env.server.ts";

const AT_HOME = ["US", "CA", "PR", "VI", "GU", "AS", "MP"];

test.each([
  ["+13135550123", ["US"], null],
  ["+15550100100", ["US"], null],
  ["+15550100100", ["MX"], "abroad"],
  ["+18005551234", ["US"], null],
  ["+19005551234", ["US"], "costly"],
  ["+19005551234", undefined, "costly"],
  ["+18765551234", ["US", "CA"], "abroad"],
  ["+18765551234", undefined, null],
  ["+525512345678", ["US"], "abroad"],
  ["+525512345678", ["US", "MX"], null],
  ["+447700900123", ["GB"], null],
  ["+449012345678", ["GB"], "costly"],
  ["+33899123456", ["FR"], "costly"],
  ["+881612345678", ["US"], "abroad"],
  ["+881612345678", undefined, null],
] as const)("%s where %o are texted: %s", (phone, countries, why) => expect(whyNotTexted(phone, countries)).toBe(why));

test.each([
  [[], undefined],
  [["+13135550199"], AT_HOME],
  [["+14165550199"], AT_HOME],
  [["+525512345678"], ["MX"]],
  [
    ["+13135550199", "+525512345678"],
    [...AT_HOME, "MX"],
  ],
  [["+15550100199"], undefined],
])("our numbers %o are at home in %o", (numbers, home) => expect(homeOf(numbers)).toEqual(home));

const SECRETS = { DATA_KEY: "k", SESSION_SECRET: "s".repeat(32) };
const TWILIO = { TWILIO_ACCOUNT_SID: `AC${"0".repeat(32)}`, TWILIO_AUTH_TOKEN: "t" };
test.each([
  [{}, undefined],
  [{ SMS_COUNTRIES: "us, mx" }, ["US", "MX"]],
  [{ ...TWILIO, TWILIO_FROM: "+13135550199" }, AT_HOME],
  [{ ...TWILIO, TWILIO_FROM: "+13135550199", SMS_COUNTRIES: "all" }, undefined],
  [{ ...TWILIO, TWILIO_FROM: "+13135550199", SMS_COUNTRIES: "MX" }, ["MX"]],
  [{ ...TWILIO, TWILIO_MESSAGING_SERVICE_SID: `MG${"0".repeat(32)}` }, undefined],
])("%o has texts go to %o", (given, countries) =>
  expect(loadEnv({ ...SECRETS, ...given }).SMS_COUNTRIES).toEqual(countries),
);
