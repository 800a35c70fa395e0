import { dateFormat } from "#app/i18n/date-format.ts";
import { useLocale, useText } from "#app/i18n/use-text.ts";
import type { Read } from "./reads-of.server.ts";

/** Who looked at somebody's contact, each day and in which role. */
export function ReadsList({ reads }: { reads: Read[] }) {
  const t = useText();
  const day = dateFormat(useLocale(), { dateStyle: "medium", timeZone: "UTC" });
  return (
    <section aria-labelledby="reads" className="stack">
      <h2 id="reads">{t("mine.reads")}</h2>
      {reads.length === 0 ? (
        <p>{t("mine.reads.none")}</p>
      ) : (
        <ul>
          {reads.map((read) => (
            <li key={`${read.at} ${read.code}`}>
              <span className="meta">{day.format(new Date(read.at))}</span>{" "}
              {t("mine.reads.line", { who: t(`mine.reads.${read.as}`, { group: read.group }), title: read.title })}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
