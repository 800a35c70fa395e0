import { LOCALES, type Locale } from "#app/i18n/locales.ts";
import { useText } from "#app/i18n/use-text.ts";
import { segmentsOf } from "#app/sms/segments.ts";
import type { AudienceCount } from "./audience.ts";
import type { BroadcastWords } from "./broadcast.ts";
import { money } from "./cost.ts";
import { bodyOf, languageFor, ownName, type Frame } from "./words.ts";

type Props = { words: BroadcastWords; frame: Frame; readers: AudienceCount["readers"]; price: number };

/** The text on three phones: of somebody who never heard from us, who knows us, and who reads another language. */
export function Phones({ words, frame, readers, price }: Props) {
  const t = useText();
  const written = LOCALES.filter((locale) => words[locale]);
  const main = languageFor(words, readers[0]?.locale ?? "en");
  const other = written.find((locale) => locale !== main);
  const shown: { locale: Locale; first: boolean }[] = [
    { locale: main, first: true },
    { locale: main, first: false },
    ...(other ? [{ locale: other, first: false }] : []),
  ];
  return (
    <div className="phones">
      {shown.map(({ locale, first }) => {
        const body = bodyOf(frame, locale, words[locale] ?? "", first);
        const segments = segmentsOf(body).count;
        const language = ownName(locale);
        return (
          <figure className="phone" key={`${locale}-${first}`}>
            <figcaption>{t(first ? "broadcasts.phone.first" : "broadcasts.phone.known", { language })}</figcaption>
            <p className="bubble words" lang={locale} dir="auto">
              {body}
            </p>
            <span className="meta">{t("broadcasts.phone.size", { segments, price: money(segments, price) })}</span>
          </figure>
        );
      })}
    </div>
  );
}
