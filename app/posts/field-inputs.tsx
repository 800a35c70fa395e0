import { useText } from "#app/i18n/use-text.ts";
import type { FieldAnswers } from "#app/groups/category-field.ts";
import { answerName, ASKED, type FieldView } from "#app/groups/field-answers.ts";
import { LONGEST_ANSWER } from "#app/groups/typed-answers.ts";
import type { PostKind } from "#app/posts/post.ts";
import { CheckboxGroup, Disclosure, SelectField, TextField } from "#app/ui/index.ts";

type Props = {
  kind: PostKind;
  fields: FieldView[];
  answers: FieldAnswers;
  error: (field: string) => string | undefined;
};

/** More questions than these wait until somebody opens them. */
const AT_ONCE = 2;

/** What the category asks beside how many: nobody has to answer. */
export function FieldInputs({ fields, ...props }: Props) {
  const t = useText();
  if (fields.length === 0) return null;
  const one = (field: FieldView) => <OneField key={field.key} field={field} {...props} />;
  const rest = fields.slice(AT_ONCE);
  return (
    <>
      <input type="hidden" name={ASKED} value={fields.map(({ key }) => key).join(" ")} />
      {fields.slice(0, AT_ONCE).map(one)}
      {rest.length > 0 && (
        <Disclosure
          summary={t("posts.fields.more")}
          open={rest.some(({ key }) => props.answers[key]?.length || props.error(answerName(key)))}
        >
          {rest.map(one)}
        </Disclosure>
      )}
      <p className="meta">{t("posts.fields.who")}</p>
    </>
  );
}

function OneField({ field, kind, answers, error }: Omit<Props, "fields"> & { field: FieldView }) {
  const t = useText();
  const chosen = answers[field.key] ?? [];
  const options = field.options.map(({ key, label }) => ({ value: key, label }));
  const name = answerName(field.key);
  if (field.type !== "choice") return <TypedField field={field} said={chosen[0] ?? ""} error={error(name)} />;
  const shared = {
    name,
    hint: t(kind === "offer" ? "posts.fields.hint_offer" : `posts.fields.hint_${field.weighs}`),
    optional: t("posts.optional"),
    error: error(name),
  };
  return field.several ? (
    <CheckboxGroup {...shared} legend={field.label} options={options} columns={2} defaultValue={chosen} />
  ) : (
    <SelectField
      {...shared}
      label={field.label}
      options={options}
      blank={t(`posts.fields.any_${kind}`)}
      defaultValue={chosen[0] ?? ""}
    />
  );
}

type TypedProps = { field: FieldView; said: string; error: string | undefined };

/** A question that is answered in words, with a number, a day, or yes or no. */
function TypedField({ field, said, error }: TypedProps) {
  const t = useText();
  const shared = {
    name: answerName(field.key),
    label: field.label,
    optional: t("posts.optional"),
    defaultValue: said,
    error,
  };
  if (field.type === "yes_no")
    return (
      <SelectField
        {...shared}
        blank={t("fields.unsaid")}
        options={(["yes", "no"] as const).map((value) => ({ value, label: t(`fields.${value}`) }))}
      />
    );
  if (field.type === "date") return <TextField {...shared} type="date" size="half" />;
  if (field.type === "number") return <TextField {...shared} inputMode="decimal" size="short" maxLength={14} />;
  return <TextField {...shared} maxLength={LONGEST_ANSWER} />;
}
