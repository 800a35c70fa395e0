import type { Text } from "#app/i18n/text.ts";
import { useText } from "#app/i18n/use-text.ts";
import { Figure, Figures } from "#app/ui/index.ts";
import { TOO_FEW } from "./figures.ts";
import { queryOf, USUAL_VIEW, type ListView } from "./post-list.ts";
import type { Times } from "./report/survival-tally.ts";
import type { ShownFigures } from "./shown-figures.ts";
import { ageWords, spanWords } from "./spans.ts";

/** The few numbers that tell how a group is doing. */
export function Tiles(props: { figures: ShownFigures; group: string; firstWord: Times }) {
  const { figures, group, firstWord } = props;
  const t = useText();
  const few = figures.asked < TOO_FEW;
  const list = (view: Partial<ListView>) =>
    `/coordinate/posts${queryOf({ ...USUAL_VIEW, kind: "need", group, ...view })}`;
  const { median, p90 } = { median: figures.medianSecondsToClaim, p90: figures.p90SecondsToClaim };
  const { texts } = figures;
  return (
    <Figures>
      <Figure
        label={t("dashboard.open")}
        value={t("dashboard.number", { n: figures.open })}
        href={list({ state: "open" })}
        note={t("dashboard.open.note", { partly: figures.partlyCovered, covered: figures.covered })}
      />
      <Figure
        label={t("dashboard.oldest")}
        value={figures.oldestSeconds === null ? t("dashboard.oldest.none") : ageWords(t, figures.oldestSeconds)}
        href={list({ state: "waiting" })}
        note={t("dashboard.oldest.note")}
      />
      <Figure label={t("dashboard.claimed")} {...times(t, few, median, p90)} />
      <Figure label={t("reach.word")} {...times(t, few, firstWord.median, firstWord.p90)} />
      <Figure label={t("figures.done")} {...times(t, few, figures.medianSecondsToMet, figures.p90SecondsToMet)} />
      <Figure
        label={t("dashboard.met")}
        value={
          few || figures.metRate === null ? t("dashboard.too_few") : t("dashboard.rate", { rate: figures.metRate })
        }
        note={t("dashboard.met.note", { met: figures.met, asked: figures.asked, fulfilled: figures.fulfilled })}
      />
      <Figure
        label={t("dashboard.texts")}
        value={t("dashboard.number", { n: texts.delivered })}
        look={texts.failed > 0 ? "stop" : undefined}
        note={t("dashboard.texts.note", { sent: texts.sent, failed: texts.failed, waiting: texts.waiting })}
      />
    </Figures>
  );
}

/** Within which time half have it, and nine of ten. */
function times(t: Text, few: boolean, median: number | null, p90: number | null): { value: string; note?: string } {
  if (few) return { value: t("dashboard.too_few") };
  return {
    value: median === null ? t("dashboard.not_yet") : spanWords(t, median),
    note: p90 === null ? t("dashboard.claimed.p90_not_yet") : t("dashboard.claimed.p90", { time: spanWords(t, p90) }),
  };
}
