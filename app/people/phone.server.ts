import { parsePhoneNumberFromString, type CountryCode } from "libphonenumber-js/min";

const LONGEST = 40;
const INVISIBLE = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\u00ad\ufeff]/g;

/**
 * A phone number in E.164 (`+15550100100`) from any way people write one, also in Arabic or Persian digits and with
 * `00` for the plus. Numbers only have to be possible, not known to be in use: fictional ones work in the demo.
 *
 * @param defaultCountry where a number without a country code belongs.
 * @returns null when it cannot be texted: too short or long, letters only, or with an extension.
 */
export function parsePhone(text: string, defaultCountry: CountryCode = "US"): string | null {
  const typed = westernDigits(text)
    .replace(INVISIBLE, "")
    .trim()
    .replace(/^tel:/i, "")
    .replace(/^00(?=[1-9])/, "+");
  if (typed.length === 0 || typed.length > LONGEST) return null;
  const parsed = parsePhoneNumberFromString(typed, { defaultCountry, extract: false });
  if (!parsed || parsed.ext || !parsed.isPossible()) return null;
  return parsed.number;
}

/** Arabic-Indic and Persian digits as 0 to 9: for numbers and codes typed on those keyboards. */
export function westernDigits(text: string): string {
  return text
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0));
}
