import { useText } from "#app/i18n/use-text.ts";
import { lateOf } from "./ages.ts";
import { lateListHref, queryOf, USUAL_VIEW } from "./post-list.ts";
import type { ShownFigures } from "./shown-figures.ts";

/** The sentence a coordinator reads first. Its number is the length of the list behind its link. */
export function Headline({ figures, group }: { figures: ShownFigures; group: string }) {
  const t = useText();
  const late = lateOf(figures.ages);
  const waiting = figures.open + figures.partlyCovered;
  if (late > 0) {
    return (
      <>
        <h1>{t("dashboard.late", { n: late })}</h1>
        <p>
          <a href={lateListHref(group)}>{t("dashboard.late.link")}</a>
        </p>
      </>
    );
  }
  const list = `/coordinate/posts${queryOf({ ...USUAL_VIEW, kind: "need", state: "waiting", group })}`;
  return (
    <>
      <h1>{t("dashboard.late.none")}</h1>
      <p>
        {t("dashboard.late.waiting", { n: waiting })}{" "}
        {waiting > 0 && <a href={list}>{t("dashboard.late.waiting_link")}</a>}
      </p>
    </>
  );
}
