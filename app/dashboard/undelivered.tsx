import { useText } from "#app/i18n/use-text.ts";
import { DataTable } from "#app/ui/index.ts";
import { ageWords } from "./spans.ts";
import type { Why } from "./why-undelivered.ts";

type Undelivered = { id: string; name: string | null; group: string; seconds: number; why: Why };

/** Texts that did not arrive, newest first: somebody may want to knock on a door. */
export function UndeliveredTexts({ texts }: { texts: Undelivered[] }) {
  const t = useText();
  return (
    <section aria-labelledby="undelivered-title">
      <h2 id="undelivered-title">{t("dashboard.undelivered")}</h2>
      {texts.length === 0 ? (
        <p>{t("dashboard.undelivered.none")}</p>
      ) : (
        <DataTable id="undelivered" caption={t("dashboard.undelivered.some", { n: texts.length })}>
          <thead>
            <tr>
              <th scope="col">{t("dashboard.undelivered.when")}</th>
              <th scope="col">{t("dashboard.undelivered.to")}</th>
              <th scope="col">{t("dashboard.group")}</th>
              <th scope="col">{t("dashboard.undelivered.why")}</th>
            </tr>
          </thead>
          <tbody>
            {texts.map((text) => (
              <tr key={text.id}>
                <td>{t("dashboard.ago", { time: ageWords(t, text.seconds) })}</td>
                <td>{text.name ? <bdi>{text.name}</bdi> : t("dashboard.joining.no_name")}</td>
                <td>
                  <bdi>{text.group}</bdi>
                </td>
                <td>{t(`dashboard.why.${text.why}`)}</td>
              </tr>
            ))}
          </tbody>
        </DataTable>
      )}
    </section>
  );
}
