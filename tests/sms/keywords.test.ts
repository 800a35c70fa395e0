import { expect, test } from "vitest";
import { readKeyword } from "#app/sms/keywords.ts";

const read = (text: string, optedOut = false) => readKeyword(text, { optedOut })?.kind ?? null;

test.each(
  "STOP|stop|Stop.|STOPALL|stop all|unsubscribe|CANCEL|end|quit|REVOKE|optout|OPT OUT|opt-out|stop2quit|stop=quit|PARAR|alto|¡Basta!|detener|No más|no mas|STOP 🛑|please stop texting me|take me off this list|remove my number|don't text me|no me escriban más|توقف|إلغاء".split(
    "|",
  ),
)("%s means stop", (text) => expect(read(text)).toBe("stop"));

test.each(
  "Stop by at 5|can you stop at the store|the end of the street|I quit my job|no|yes|need water|para mañana|cancel my need 4F2K|hay no mas agua".split(
    "|",
  ),
)("%s does not", (text) => expect(read(text)).toBe(null));

test("START and its kin; YES only from somebody who is out", () => {
  for (const word of ["START", "unstop", "empezar"]) expect(read(word)).toBe("start");
  expect(read("yes", true)).toBe("start");
  expect(read("yes", false)).toBe(null);
});

test("the provider answers its own words, we answer ours", () => {
  const answered = (text: string) => readKeyword(text, { optedOut: false })?.answeredByProvider;
  for (const word of ["STOP", " help ", "Start"]) expect(answered(word)).toBe(true);
  for (const word of ["stop please", "ayuda", "?", "no más"]) expect(answered(word)).toBe(false);
});
