import { useText } from "#app/i18n/use-text.ts";
import { Button, CheckboxField, RadioGroup, SelectField } from "#app/ui/index.ts";
import { FIELDS } from "./columns.ts";
import type { Reading } from "./import.ts";

/** A column of the file: its heading, what it says, and the first few of its cells. */
export type ColumnView = { heading: string; samples: string[] };

/** Which column is what, and how the cells are meant. */
export function MappingForm({
  columns,
  reading,
  twice,
}: {
  columns: ColumnView[];
  reading: Reading;
  twice: string | null;
}) {
  const t = useText();
  const options = FIELDS.map((field) => ({ value: field, label: t(`in.field.${field}`) }));
  return (
    <form method="post" className="measure stack" noValidate>
      <h2>{t("in.columns")}</h2>
      <p className="meta">{t("in.columns.words")}</p>
      {columns.map(({ heading, samples }, column) => (
        <SelectField
          key={column}
          name={`c-${column}`}
          label={heading || t("in.column", { n: column + 1 })}
          hint={samples.length > 0 ? samples.join(" · ") : t("in.column.empty")}
          blank={t("in.leave_out")}
          options={options}
          defaultValue={reading.mapping[column]}
          error={twice !== null && reading.mapping[column] === twice ? t("in.error.twice") : undefined}
        />
      ))}
      <RadioGroup
        name="kind"
        legend={t("in.kind")}
        defaultValue={reading.kind}
        options={(["need", "offer"] as const).map((value) => ({ value, label: t(`in.kind.${value}`) }))}
      />
      <RadioGroup
        name="order"
        legend={t("in.order")}
        defaultValue={reading.order}
        options={(["mdy", "dmy"] as const).map((value) => ({ value, label: t(`in.order.${value}`) }))}
      />
      <CheckboxField
        name="fillDown"
        label={t("in.fill_down")}
        hint={t("in.fill_down.hint")}
        defaultChecked={reading.fillDown}
      />
      <p>
        <Button name="act" value="check">
          {t("in.check")}
        </Button>
      </p>
    </form>
  );
}
