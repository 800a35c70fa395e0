import { LOCALES, type Locale } from "#app/i18n/locales.ts";
import { useText } from "#app/i18n/use-text.ts";
import { segmentsOf } from "#app/sms/segments.ts";
import type { AudienceCount } from "./audience.ts";
import type { BroadcastWords } from "./broadcast.ts";
import { money } from "./cost.ts";
import { bodyOf, languageFor, ownName, type Frame } from "./words.ts";

type Props = { words: BroadcastWords; frame: Frame; readers: AudienceCount["readers"]; price: number };

/** The text on phones: of somebody who never heard from us, who knows us, and one for every other language read. */
export function Phones({ words, frame, readers, price }: Props) {
  const t = useText();
  const main = languageFor(words, readers[0]?.locale ?? "en");
  // Also those whose language nobody wrote: what they will get instead is worth a look.
  const others = LOCALES.filter(
    (one) => one !== main && (words[one] || readers.some(({ locale, n }) => locale === one && n > 0)),
  );
  const shown: { reader: Locale; first: boolean }[] = [
    { reader: main, first: true },
    { reader: main, first: false },
    ...others.map((reader) => ({ reader, first: false })),
  ];
  return (
    <div className="phones">
      {shown.map(({ reader, first }) => {
        const locale = languageFor(words, reader);
        const body = bodyOf(frame, locale, words[locale] ?? "", first);
        const segments = segmentsOf(body).count;
        const language = ownName(reader);
        return (
          <figure className="phone" key={`${reader}-${first}`}>
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
