import { useText } from "#app/i18n/use-text.ts";
import { Disclosure } from "#app/ui/index.ts";
import { TOO_FEW } from "./figures.ts";

/** What each number means, so that it can be trusted, or argued with. */
export function HowWeCount() {
  const t = useText();
  return (
    <Disclosure summary={t("dashboard.how")}>
      <p>{t("dashboard.how.now")}</p>
      <p>{t("dashboard.how.late")}</p>
      <p>{t("dashboard.how.period")}</p>
      <p>{t("dashboard.how.claim")}</p>
      <p>{t("reach.word.how")}</p>
      <p>{t("figures.how.done")}</p>
      <p>{t("dashboard.how.few", { n: TOO_FEW })}</p>
      <p>{t("dashboard.how.texts")}</p>
      <p>{t("figures.how.days")}</p>
    </Disclosure>
  );
}
