import { LOCALES } from "#app/i18n/locales.ts";
import { useText } from "#app/i18n/use-text.ts";
import { Button, Notice, SummaryList } from "#app/ui/index.ts";
import { useCountWords } from "./audience-line.tsx";
import { NEEDS_A_SECOND_ABOVE } from "./broadcast.ts";
import type { CheckData } from "./composer.server.ts";
import { money } from "./cost.ts";
import { Phones } from "./phones.tsx";
import { Missing } from "./what-step.tsx";
import { ownName } from "./words.ts";

/** The last look: whom, how many, what it costs, when, and the text on phones. */
export function CheckStep({ data, price }: { data: CheckData; price: number }) {
  const t = useText();
  const { id, words, frame, count } = data;
  const written = LOCALES.filter((locale) => words[locale]);
  return (
    <div className="stack">
      {data.waiting && (
        <Notice look="wait">
          {data.mine
            ? t("broadcasts.waiting.theirs")
            : t("broadcasts.waiting.yours", { name: data.author ?? t("broadcasts.somebody") })}
        </Notice>
      )}
      <Summary data={data} price={price} />
      <Missing words={words} readers={count.readers} />
      <section aria-labelledby="phones-title">
        <h2 id="phones-title">{t("broadcasts.check.phones")}</h2>
        <Phones words={words} frame={frame} readers={count.readers} price={price} />
        <form method="post" className="row">
          <input type="hidden" name="key" value={data.testKey} />
          {written.map((locale) => (
            <Button key={locale} type="submit" look="quiet" name="do" value={`test:${locale}`}>
              {t("broadcasts.test", { language: ownName(locale) })}
            </Button>
          ))}
        </form>
      </section>
      <form method="post" className="stack tight" id={`send-${id}`}>
        <input type="hidden" name="version" value={data.version} />
        <LastButtons data={data} price={price} />
      </form>
    </div>
  );
}

function Summary({ data, price }: { data: CheckData; price: number }) {
  const t = useText();
  const words = useCountWords();
  const { count, quietUntil } = data;
  const change = data.waiting
    ? undefined
    : { href: "?step=who", text: t("broadcasts.check.change"), full: t("broadcasts.check.change_who") };
  return (
    <SummaryList
      rows={[
        { term: t("broadcasts.check.to"), value: <bdi>{data.sentence}</bdi>, ...(change && { change }) },
        { term: t("broadcasts.check.count"), value: words(count) },
        {
          term: t("broadcasts.check.cost"),
          value: t("broadcasts.what.total", {
            n: count.people,
            segments: data.segments,
            price: money(data.segments, price),
            month: money(data.monthSegments, price),
          }),
        },
        {
          term: t("broadcasts.check.when"),
          value: (
            <>
              {t("broadcasts.check.eta", { minutes: data.minutes })}
              {quietUntil && <br />}
              {quietUntil && t("broadcasts.check.quiet", { n: count.quiet, time: quietUntil })}
            </>
          ),
        },
      ]}
    />
  );
}

function LastButtons({ data, price }: { data: CheckData; price: number }) {
  const t = useText();
  const { people } = data.count;
  const cost = { n: people, price: money(data.segments, price) };
  if (data.waiting) {
    return (
      <>
        {!data.mine && <p>{t("broadcasts.send.no_way_back")}</p>}
        <div className="row">
          {!data.mine && (
            <Button type="submit" name="do" value="approve">
              {t("broadcasts.approve", cost)}
            </Button>
          )}
          <Button type="submit" look="quiet" name="do" value="revise">
            {t("broadcasts.revise")}
          </Button>
        </div>
      </>
    );
  }
  if (people === 0) return <Notice look="stop">{t("broadcasts.nobody")}</Notice>;
  const second = people > NEEDS_A_SECOND_ABOVE;
  return (
    <>
      <p>{second ? t("broadcasts.ask.why", { n: NEEDS_A_SECOND_ABOVE }) : t("broadcasts.send.no_way_back")}</p>
      <div className="row">
        <Button type="submit" name="do" value="send">
          {t(second ? "broadcasts.ask" : "broadcasts.send", cost)}
        </Button>
      </div>
    </>
  );
}
