import type { Locale } from "#app/i18n/locales.ts";
import type { Text } from "#app/i18n/text.ts";
import type { PostView, Units } from "#app/posts/post.ts";
import { plainLetters } from "#app/sms/segments.ts";

/** A reply as it goes out: in letters that keep it cheap, on one line, with other people's pictures left out. */
export function asText(words: string, locale: Locale): string {
  const line = words.replace(/[^\S\n]+/g, " ").trim();
  return locale === "ar"
    ? line
    : plainLetters(line.replace(/[\p{Extended_Pictographic}\u{fe0f}\u{200d}]/gu, "").trim());
}

/** What people typed is cut: replies are paid by the piece. */
export function cut(text: string | null, longest: number): string {
  const letters = [...(text ?? "").replace(/\s+/g, " ").trim()];
  return letters.length <= longest
    ? letters.join("")
    : `${letters
        .slice(0, longest - 2)
        .join("")
        .trimEnd()}..`;
}

/** "20 blankets", "1 item". */
export function amount(t: Text, n: number, units: Units | null): string {
  return units
    ? t("notifications.amount", { n, unit: n === 1 ? units.one : units.many })
    : t("notifications.amount_plain", { n });
}

const LINE = { title: 26, place: 16 };

/** One post of a numbered list: `1) 4F2K Warm soup, 20 meals, Maple Park`. */
export function listLine(t: Text, post: PostView, n: number): string {
  return t("texting.list_line", {
    n,
    code: post.code,
    title: cut(post.title, LINE.title),
    amount: amount(t, post.remaining, post.units),
    placed: post.place ? "yes" : "no",
    place: cut(post.place, LINE.place),
  });
}
