import { useState } from "react";
import { LOCALES, type Locale } from "#app/i18n/locales.ts";
import { useText } from "#app/i18n/use-text.ts";
import { Button, Disclosure, Notice } from "#app/ui/index.ts";
import { AudienceLine } from "./audience-line.tsx";
import type { BroadcastWords } from "./broadcast.ts";
import type { WhatData } from "./composer.server.ts";
import { money } from "./cost.ts";
import { READY_WORDS } from "./templates.ts";
import { WordsField } from "./words-field.tsx";
import { languageFor, missingLanguages, ownName, segmentsFor, type WordsFault } from "./words.ts";

type Props = {
  data: WhatData;
  /** As typed, when they were refused; else what is kept. */
  words: BroadcastWords;
  faults: Partial<Record<Locale, WordsFault>>;
  price: number;
  host: string;
};

/** The words in each language, with what they weigh while they are typed. */
export function WhatStep({ data, words: kept, faults, price, host }: Props) {
  const t = useText();
  const [words, setWords] = useState<BroadcastWords>(kept);
  const { count, frame } = data;
  const readersOf = (locale: Locale) =>
    count.readers.filter((reader) => reader.locale === locale).reduce((all, { n }) => all + n, 0);
  const shown = LOCALES.filter((locale) => readersOf(locale) > 0 || kept[locale] || faults[locale]);
  const first = shown.length > 0 ? shown : (["en"] as const);
  const rest = LOCALES.filter((locale) => !first.some((one) => one === locale));
  const field = (locale: Locale) => (
    <WordsField
      key={locale}
      locale={locale}
      words={words[locale] ?? ""}
      readers={readersOf(locale)}
      fault={words[locale] === kept[locale] ? faults[locale] : undefined}
      onWords={(text) => setWords((all) => ({ ...all, [locale]: text }))}
      {...{ frame, price, host }}
    />
  );
  return (
    <form method="post" className="side" noValidate>
      <div className="stack">
        <p className="measure">{t("broadcasts.what.intro")}</p>
        <div className="row">
          <span className="meta">{t("broadcasts.what.ready")}</span>
          {READY_WORDS.map((name) => (
            <Button key={name} type="submit" look="quiet" name="do" value={`ready:${name}`}>
              {t(`broadcasts.what.ready.${name}`)}
            </Button>
          ))}
        </div>
        {first.map(field)}
        {rest.length > 0 && <Disclosure summary={t("broadcasts.what.more")}>{rest.map(field)}</Disclosure>}
      </div>
      <div className="stack tight counted">
        <AudienceLine sentence={data.sentence} count={count} />
        <Missing words={words} readers={count.readers} />
        <Total words={words} data={data} price={price} />
        <div className="row">
          <Button type="submit" name="do" value="what">
            {t("broadcasts.next")}
          </Button>
          <Button type="submit" look="quiet" name="do" value="look">
            {t("broadcasts.what.look")}
          </Button>
        </div>
      </div>
    </form>
  );
}

/** Who reads a language that has no words yet. */
export function Missing({ words, readers }: { words: BroadcastWords; readers: WhatData["count"]["readers"] }) {
  const t = useText();
  if (!LOCALES.some((locale) => words[locale]?.trim())) return null;
  return missingLanguages(words, readers).map(({ locale, n }) => (
    <Notice key={locale} look="wait">
      {t("broadcasts.what.missing", {
        n,
        language: ownName(locale),
        fallback: ownName(languageFor(words, locale)),
      })}
    </Notice>
  ));
}

function Total({ words, data, price }: { words: BroadcastWords; data: WhatData; price: number }) {
  const t = useText();
  const segments = segmentsFor(data.frame, words, data.count.readers);
  return (
    <p>
      {t("broadcasts.what.total", {
        n: data.count.people,
        segments,
        price: money(segments, price),
        month: money(data.monthSegments, price),
      })}
    </p>
  );
}
