import { getCountryCallingCode, isSupportedCountry, type CountryCode } from "libphonenumber-js/min";
import { parsePhoneNumberFromString } from "libphonenumber-js/max";

/** One numbering plan, one price: what the carriers of the United States and Canada count as at home. */
const AT_HOME = ["US", "CA", "PR", "VI", "GU", "AS", "MP"] as const satisfies CountryCode[];

/** A list such as `US,MX`, as codes of ISO 3166; null where one of them is no country with phones. */
export function countryList(text: string): CountryCode[] | null {
  const codes = text.split(",").map((code) => code.trim().toUpperCase());
  return codes.every((code): code is CountryCode => isSupportedCountry(code)) ? codes : null;
}

/** Where numbers in E.164 are at home; undefined where that cannot be told, so that nobody is shut out by a guess. */
export function homeOf(numbers: readonly string[]): CountryCode[] | undefined {
  const countries = new Set<CountryCode>();
  for (const number of numbers) {
    const country = parsePhoneNumberFromString(number)?.country;
    if (!country) return undefined;
    for (const one of AT_HOME.some((home) => home === country) ? AT_HOME : [country]) countries.add(one);
  }
  return countries.size > 0 ? [...countries] : undefined;
}

export type NotTexted = "costly" | "abroad";

/** Numbers whose owner earns by every text. Where a number's kind is not known it is texted: fictional ones work in the demo. */
const COSTLY = new Set(["PREMIUM_RATE", "SHARED_COST"]);

/**
 * Why nobody has this number texted who is not known, or null. Asking for codes to far away and costly numbers is how text pumping earns.
 *
 * @param phone in E.164. @param countries the only ones that are texted; undefined: all.
 */
export function whyNotTexted(phone: string, countries: readonly CountryCode[] | undefined): NotTexted | null {
  const parsed = parsePhoneNumberFromString(phone);
  if (COSTLY.has(parsed?.getType() ?? "")) return "costly";
  if (!countries) return null;
  const country = parsed?.country;
  const isNear = country
    ? countries.includes(country)
    : countries.some((code) => getCountryCallingCode(code) === parsed?.countryCallingCode);
  return isNear ? null : "abroad";
}
