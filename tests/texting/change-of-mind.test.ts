import { expect, test } from "vitest";
import { isOptedOut } from "#app/people/consent.server.ts";
import { languageOf } from "#app/sms/language.ts";
import { isForget } from "#app/texting/read-answers.ts";
import { aCategory, aGroup } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { aTextingPhone } from "./phone.ts";

const ctx = testCtx();

test("cancelar in the middle of a post ends the post, not the texts; outside it means STOP", async () => {
  const group = await aGroup(ctx);
  await aCategory(ctx, group.id);
  const phone = aTextingPhone(ctx);
  await phone.says("necesito algo muy raro");
  expect(await phone.says("Cancelar")).toEqual([expect.stringContaining("no publicamos nada")]);
  expect(await isOptedOut(ctx, phone.phoneLookup)).toBe(false);
  await phone.says("Cancelar");
  expect(await isOptedOut(ctx, phone.phoneLookup)).toBe(true);
});

test("CANCEL is the carriers' word and ends all texts even then", async () => {
  const phone = aTextingPhone(ctx);
  await phone.says("need something odd");
  await phone.says("CANCEL");
  expect(await isOptedOut(ctx, phone.phoneLookup)).toBe(true);
});

test.each(["ya no quiero nada", "Olvídalo", "never mind", "forget it", "I changed my mind", "ya no, gracias"])(
  "%s drops what was being written",
  (words) => expect(isForget(words)).toBe(true),
);
test.each(["no", "nada", "ya no hay agua", "salir a las 5", "we need nothing spicy"])("%s does not", (words) =>
  expect(isForget(words)).toBe(false),
);

test.each([
  ["ola necesitoo panales 😢 pa mi bebe", "es"],
  ["hola", "es"],
  ["¿Hay comida?", "es"],
  ["نحتاج ماء", "ar"],
  ["We need water for the camp", null],
  ["blankets", null],
  ["Hola everyone, the library opens at nine", null],
])("%s is in %s", (text, locale) => expect(languageOf(text)).toBe(locale));

test("whoever begins in Spanish is told everything in Spanish", async () => {
  const phone = aTextingPhone(ctx);
  await phone.says("hola");
  const [person] = await ctx.db.sql<{ locale: string }[]>`
    select locale from people where phone_lookup = ${phone.phoneLookup}`;
  expect(person!.locale).toBe("es");
});
