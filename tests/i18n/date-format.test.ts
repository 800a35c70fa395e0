import { expect, test } from "vitest";
import { dateFormat } from "#app/i18n/date-format.ts";

const NOON = Date.UTC(2026, 10, 23, 12);
const HOUR = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;

test("the same wish gets the same format, any other one of its own", () => {
  const here = dateFormat("en", { ...HOUR, timeZone: "America/Detroit" });
  expect(dateFormat("en", { ...HOUR, timeZone: "America/Detroit" })).toBe(here);
  expect(here.format(NOON)).toBe("07:00");
  expect(dateFormat("en", { ...HOUR, timeZone: "Asia/Tokyo" }).format(NOON)).toBe("21:00");
  expect(dateFormat("ar-EG", { ...HOUR, timeZone: "Asia/Tokyo" }).format(NOON)).toBe("٢١:٠٠");
});

test("what nobody asks for again is let go", () => {
  const first = dateFormat("en", { timeZone: "UTC", fractionalSecondDigits: 1 });
  for (const zone of Intl.supportedValuesOf("timeZone").slice(0, 400))
    for (const locale of ["en", "es"]) dateFormat(locale, { timeZone: zone });
  expect(dateFormat("en", { timeZone: "UTC", fractionalSecondDigits: 1 })).not.toBe(first);
});
