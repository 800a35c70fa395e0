import { useLocale, useText } from "#app/i18n/use-text.ts";
import {
  Button,
  CheckboxField,
  Disclosure,
  Fieldset,
  RadioGroup,
  SelectField,
  TextArea,
  TextField,
} from "#app/ui/index.ts";
import { FIELD_TYPES, type FieldType } from "./category-field.ts";
import type { FieldView } from "./field-answers.ts";
import { FIELD_LIMITS } from "./edit-fields.ts";
import { fieldForm, fieldId, inForm, type FitsAnswer } from "./fits-forms.ts";
import type { FitsPageProps } from "./fits-page.tsx";

type Category = FitsPageProps["categories"][number];

/** What a category asks beside how many: its questions to change, and one to add. */
type Props = { categories: Category[]; answer?: FitsAnswer; saved: string | null };

export function AskedFields({ categories, answer, saved }: Props) {
  const t = useText();
  const list = new Intl.ListFormat(useLocale(), { type: "unit" });
  return (
    <section id="asked">
      <h2>{t("matching.fits.ask.title")}</h2>
      <p className="measure">{t("matching.fits.ask.intro")}</p>
      <p className="meta">{t("matching.fits.ask.languages")}</p>
      {categories.map((category) => {
        const labels = list.format(category.fields.map(({ label }) => label));
        const open = answer ? answer.form.startsWith(fieldForm(category.slug, "")) : saved === category.id;
        return (
          <Disclosure
            key={category.id}
            boxed
            open={open}
            summary={
              <>
                <bdi>{category.name}</bdi>
                <span className="hint">{labels || t("matching.fits.ask.nothing")}</span>
              </>
            }
          >
            <Questions category={category} answer={answer} />
          </Disclosure>
        );
      })}
    </section>
  );
}

/** Each folded where there are several; the first is asked for at once. */
function Questions({ category, answer }: Omit<QuestionProps, "field">) {
  const t = useText();
  const { fields, slug } = category;
  const asked = (field: FieldView | null) => <Question category={category} field={field} answer={answer} />;
  if (fields.length === 0) return asked(null);
  return (
    <>
      {fields.map((field) => (
        <Disclosure
          key={field.key}
          summary={<bdi>{field.label}</bdi>}
          open={fields.length === 1 || answer?.form === fieldForm(slug, field.key)}
        >
          {asked(field)}
        </Disclosure>
      ))}
      {fields.length < FIELD_LIMITS.fields && (
        <Disclosure summary={t("matching.fits.ask.add")} open={answer?.form === fieldForm(slug, null)}>
          {asked(null)}
        </Disclosure>
      )}
    </>
  );
}

type QuestionProps = { category: Category; field: FieldView | null; answer: FitsAnswer | undefined };

function Question({ category, field, answer }: QuestionProps) {
  const t = useText();
  const form = fieldForm(category.slug, field?.key ?? null);
  const { typed, error } = inForm(form, answer, t);
  const input = (name: string) => ({ name, id: fieldId(form, name), error: error(name) });
  return (
    <form method="post" noValidate className="stack measure">
      <input type="hidden" name="category" value={category.id} />
      <input type="hidden" name="form" value={form} />
      {field && <input type="hidden" name="key" value={field.key} />}
      <TextField
        {...input("label")}
        label={t("matching.fits.ask.label")}
        hint={t("matching.fits.ask.label_hint")}
        maxLength={FIELD_LIMITS.label}
        defaultValue={typed?.["label"] ?? field?.label ?? ""}
      />
      {!field && (
        <SelectField
          {...input("type")}
          label={t("fields.type")}
          hint={t("fields.type.hint")}
          defaultValue={typed?.["type"] ?? "choice"}
          options={FIELD_TYPES.map((value) => ({ value, label: t(`fields.type.${value}`) }))}
        />
      )}
      {field && field.type !== "choice" ? (
        <Typed type={field.type} />
      ) : (
        <>
          {field && <Options field={field} typed={typed} input={input} />}
          <TextArea
            {...input("more")}
            label={t(field ? "matching.fits.ask.more" : "matching.fits.ask.options")}
            hint={t("matching.fits.ask.lines")}
            rows={field ? 2 : 5}
            defaultValue={typed?.["more"] ?? ""}
          />
          <RadioGroup
            {...input("weighs")}
            legend={t("matching.fits.ask.weighs")}
            options={(["must", "wish"] as const).map((value) => ({
              value,
              label: t(`matching.fits.ask.${value}`),
              hint: t(`matching.fits.ask.${value}_hint`),
            }))}
            defaultValue={typed?.["weighs"] ?? field?.weighs ?? "must"}
          />
          <CheckboxField
            {...input("several")}
            label={t("matching.fits.ask.several")}
            defaultChecked={typed ? typed["several"] !== undefined : (field?.several ?? true)}
          />
        </>
      )}
      <p className="row">
        <Button look={field ? "plain" : "act"} name="act" value="ask">
          {t(field ? "matching.fits.ask.save" : "matching.fits.ask.add")}
        </Button>
        {field && (
          <Button look="quiet" name="act" value="unask">
            {t("matching.fits.ask.remove")}
          </Button>
        )}
      </p>
      {field && <p className="meta">{t("matching.fits.ask.kept")}</p>}
    </form>
  );
}

/** A question of another type stays one; it weighs nothing, so there is nothing to choose. */
function Typed({ type }: { type: FieldType }) {
  const t = useText();
  return (
    <>
      <input type="hidden" name="weighs" value="wish" />
      <p className="meta">{t("fields.is", { type: t(`fields.type.${type}`) })}</p>
    </>
  );
}

type OptionsProps = {
  field: FieldView;
  typed: Record<string, string> | undefined;
  input: (name: string) => { name: string; id: string; error: string | undefined };
};

/** A field for each answer, so that new words are known to be new words and not another answer. */
function Options({ field, typed, input }: OptionsProps) {
  const t = useText();
  return (
    <Fieldset legend={t("matching.fits.ask.options")} name={input("options").id} hint={t("matching.fits.ask.empty")}>
      {field.options.map(({ key, label }, at) => (
        <TextField
          key={key}
          {...input(`option.${key}`)}
          label={<span className="vh">{t("matching.fits.ask.nth", { n: at + 1 })}</span>}
          maxLength={FIELD_LIMITS.label}
          defaultValue={typed?.[`option.${key}`] ?? label}
        />
      ))}
    </Fieldset>
  );
}
