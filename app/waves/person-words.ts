import type { Locale } from "#app/i18n/locales.ts";
import type { Text } from "#app/i18n/text.ts";
import { languageName } from "#app/people/languages.ts";
import { COMMON_LANGUAGE } from "#app/matching/reasons.ts";
import type { BestPerson } from "./best-people.server.ts";

/** Somebody who may be asked, as a page shows them. */
export type ShownPerson = Pick<BestPerson, "personId" | "offer"> & { name: string | null; words: string[] };

const DAY_MS = 86_400_000;
const NEAR_KM = 1;

/** What speaks for asking somebody, heaviest first, and then how much they were asked and hold already. No numbers that rank people. PURE. */
export function shownPerson(t: Text, locale: Locale, person: BestPerson, now: Date): ShownPerson {
  const name = person.member ? (person.name ?? t("people.no_name")) : null;
  const reasons = person.reasons.map((reason) => reasonOf(t, locale, person, reason));
  const words = [
    ...reasons,
    person.helpedBefore && t("matching.people.helped"),
    person.askedOften
      ? t("matching.people.often")
      : person.lastAskedAt
        ? t("matching.people.asked", { days: Math.floor((now.getTime() - person.lastAskedAt.getTime()) / DAY_MS) })
        : t("matching.people.never"),
    t("matching.people.promises", { n: person.promises }),
    person.asleep && t("matching.people.asleep"),
  ];
  return {
    personId: person.personId,
    offer: person.offer,
    name,
    words: words.filter((one) => typeof one === "string"),
  };
}

/** Null for what is said otherwise: the offer is a link, rest and promises are always told. */
function reasonOf(t: Text, locale: Locale, { km, language }: BestPerson, reason: BestPerson["reasons"][number]) {
  switch (reason) {
    case "near":
      if (km === null) return null;
      return km < NEAR_KM ? t("matching.reason.same_area") : t("matching.reason.near", { km: Math.round(km) });
    case "speaks":
      return (
        language !== COMMON_LANGUAGE &&
        language &&
        t("matching.reason.speaks", { language: languageName(language, locale, t("people.speaks.sign")) })
      );
    case "category":
      return t("matching.people.chose");
    case "offers":
    case "rested":
    case "chance":
    case "free":
    case "room":
      return null;
  }
}
