import type { MouseEvent } from "react";
import { type Locale } from "#app/i18n/locales.ts";
import { useText } from "#app/i18n/use-text.ts";
import { plainLetters, segmentsOf } from "#app/sms/segments.ts";
import { Button, Notice, TextArea } from "#app/ui/index.ts";
import { money } from "./cost.ts";
import { bodyOf, ownName, type Frame, type WordsFault } from "./words.ts";

type Props = {
  locale: Locale;
  words: string;
  readers: number;
  fault: WordsFault | undefined;
  frame: Frame;
  price: number;
  host: string;
  onWords: (words: string) => void;
};

/** The words of one language: letters, segments, cost, and which letter makes it dear. */
export function WordsField({ locale, words, readers, fault, frame, price, host, onWords }: Props) {
  const t = useText();
  return (
    <div className="stack tight words-field">
      <TextArea
        name={locale}
        lang={locale}
        rows={5}
        dir="auto"
        value={words}
        onChange={(event) => onWords(event.target.value)}
        label={t("broadcasts.what.words", { language: ownName(locale), n: readers })}
        error={fault && t(fault.id, { what: fault.what, host })}
      />
      {words.trim() && <Size {...{ locale, words, frame, price, onWords }} />}
    </div>
  );
}

function Size({
  locale,
  words,
  frame,
  price,
  onWords,
}: Pick<Props, "locale" | "words" | "frame" | "price" | "onWords">) {
  const t = useText();
  const known = segmentsOf(bodyOf(frame, locale, words, false));
  const first = segmentsOf(bodyOf(frame, locale, words, true));
  const cheap = segmentsOf(bodyOf(frame, locale, plainLetters(words), false));
  const cheapFirst = segmentsOf(bodyOf(frame, locale, plainLetters(words), true));
  const enough = cheap.count < known.count ? cheap.count : cheapFirst.count < first.count ? cheapFirst.count : null;
  const { costly } = segmentsOf(words);
  const mend = (event: MouseEvent) => {
    event.preventDefault();
    onWords(plainLetters(words));
  };
  return (
    <>
      <p className="meta">
        {t("broadcasts.what.size", {
          letters: [...words.trim()].length,
          kind: known.encoding === "GSM-7" ? "gsm" : "unicode",
          segments: known.count,
          price: money(known.count, price),
        })}
        {first.count > known.count && <br />}
        {first.count > known.count && t("broadcasts.what.first", { segments: first.count })}
      </p>
      {enough !== null && (
        <Notice look="wait" title={t("broadcasts.what.costly.title")}>
          <p>{t("broadcasts.what.costly", { letters: costly.join(" "), segments: enough })}</p>
          <Button type="submit" look="quiet" name="do" value={`plain:${locale}`} onClick={mend}>
            {t("broadcasts.what.plain")}
          </Button>
        </Notice>
      )}
    </>
  );
}
