import type { ReactNode } from "react";
import { useText } from "#app/i18n/use-text.ts";
import { DataTable, Disclosure } from "#app/ui/index.ts";
import { valueWords, type Sheet } from "./sheet.ts";

/** The same numbers as a chart's, as a table; made of what the file is made of. */
function SheetTable({ sheet }: { sheet: Sheet }) {
  const t = useText();
  return (
    <DataTable id={`${sheet.id}-table`} caption={sheet.title} hideCaption>
      <thead>
        <tr>
          <th scope="col">{sheet.first}</th>
          {sheet.columns.map(({ head }) => (
            <th key={head} scope="col" className="n">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {sheet.rows.map(({ name, values }, row) => (
          <tr key={row}>
            <th scope="row">
              <bdi>{name}</bdi>
            </th>
            {values.map((value, at) => (
              <td key={at} className="n">
                {valueWords(t, value, sheet.columns[at]!.kind)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}

type PanelProps = {
  sheet: Sheet;
  about?: string;
  how?: string;
  file: string;
  /** The table stands open in the chart's place. */
  open?: boolean;
  children?: ReactNode;
};

/** One question with its chart: what it says in a sentence, the same as a table and as a file, and how it is counted. */
export function Panel({ sheet, about, how, file, open = false, children }: PanelProps) {
  const t = useText();
  const asFile = (
    <p>
      <a href={file} download>
        {t("figures.csv")}
      </a>
    </p>
  );
  return (
    <section className="panel" aria-labelledby={`${sheet.id}-title`}>
      <h2 id={`${sheet.id}-title`}>{sheet.title}</h2>
      {about && <p className="measure">{about}</p>}
      {children}
      {open && <SheetTable sheet={sheet} />}
      {open && asFile}
      <div className="panel-more">
        {sheet.rows.length > 0 && !open && (
          <Disclosure summary={t("dashboard.ages.table")}>
            <SheetTable sheet={sheet} />
            {asFile}
          </Disclosure>
        )}
        {how && (
          <Disclosure summary={t("dashboard.how")}>
            <p className="measure">{how}</p>
          </Disclosure>
        )}
      </div>
    </section>
  );
}
