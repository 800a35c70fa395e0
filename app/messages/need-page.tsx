import type { FieldAnswers } from "#app/groups/category-field.ts";
import type { FieldView } from "#app/groups/field-answers.ts";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { LOCALE_NAMES, LOCALES } from "#app/i18n/locales.ts";
import { useText } from "#app/i18n/use-text.ts";
import { FieldInputs } from "#app/posts/field-inputs.tsx";
import {
  BackLink,
  Button,
  ErrorSummary,
  Notice,
  NumberField,
  RadioGroup,
  SelectField,
  TextArea,
  TextField,
} from "#app/ui/index.ts";
import { Who } from "./list-page.tsx";

export type NeedProps = {
  id: string;
  name: string | null;
  digits: string | null;
  stopped: boolean;
  /** The last post that was made of this thread. */
  postCode: string | null;
  choices: { value: string; label: string }[];
  values: Record<string, string>;
  errors: Record<string, MessageId>;
  /** What the chosen kind of thing asks beside how many. */
  fields: FieldView[];
  answers: FieldAnswers;
  /** Nothing is wrong: these questions are new. */
  asks: boolean;
  formKey: string;
  heard: number;
  call: string;
};

/** A need on behalf of somebody who wrote or called: the questions of the public form on one page. */
export function NeedPage(props: NeedProps) {
  const t = useText();
  const { id, errors, formKey, heard, call, stopped, digits, postCode } = props;
  return (
    <div className="measure stack">
      <BackLink href={`/coordinate/messages/${id}`}>
        <Who name={props.name} digits={digits} />
      </BackLink>
      <ErrorSummary
        title={t("posts.problem")}
        errors={Object.entries(errors).map(([field, message]) => ({ field, message: t(message) }))}
      />
      <h1>{t("messages.need.title")}</h1>
      <p className="lede">{t(digits ? "messages.need.intro" : "messages.need.intro_hidden")}</p>
      {stopped && <Notice look="wait">{t("messages.need.stopped")}</Notice>}
      {postCode && <Notice>{t("messages.need.again", { code: postCode })}</Notice>}
      <form method="post" noValidate>
        <input type="hidden" name="key" value={formKey} />
        <input type="hidden" name="heard" value={heard} />
        <input type="hidden" name="call" value={call} />
        <NeedFields {...props} />
        <div className="row">
          <Button look="ask">{t("messages.need.send")}</Button>
        </div>
      </form>
    </div>
  );
}

type FieldsProps = Pick<NeedProps, "choices" | "values" | "errors" | "fields" | "answers" | "asks">;

/** The questions themselves; what the kind of thing asks is on top while it is new. */
export function NeedFields(props: FieldsProps) {
  const t = useText();
  const { asks } = props;
  return (
    <>
      {asks && (
        <Notice look="wait" role="status">
          {t("messages.need.asks")}
        </Notice>
      )}
      {asks && <Asked {...props} />}
      <What {...props} />
      {!asks && <Asked {...props} />}
      <WhenAndWhere {...props} />
      <ForWhom {...props} />
    </>
  );
}

function Asked({ fields, answers, errors }: FieldsProps) {
  const t = useText();
  return (
    <FieldInputs kind="need" fields={fields} answers={answers} error={(name) => errors[name] && t(errors[name])} />
  );
}

/** The fields' words and mistakes. */
export function useFields({ values, errors }: Pick<NeedProps, "values" | "errors">) {
  const t = useText();
  return (name: string) => ({ name, defaultValue: values[name], error: errors[name] && t(errors[name]) });
}

function What(props: FieldsProps) {
  const t = useText();
  const field = useFields(props);
  return (
    <>
      <SelectField
        {...field("what")}
        label={t("messages.need.what")}
        blank={t("messages.need.pick")}
        options={props.choices}
      />
      <TextField
        {...field("title")}
        label={t("posts.what.words")}
        hint={t("messages.need.words_hint")}
        maxLength={120}
      />
      <TextArea
        {...field("details")}
        label={t("posts.what.more")}
        hint={t("messages.need.words_hint")}
        optional={t("posts.optional")}
        maxLength={2000}
      />
      <NumberField {...field("quantity")} label={t("posts.what.quantity")} />
    </>
  );
}

function WhenAndWhere(props: FieldsProps) {
  const t = useText();
  const field = useFields(props);
  const optional = t("posts.optional");
  return (
    <>
      <RadioGroup
        {...field("when")}
        legend={t("posts.check.when")}
        options={(["today", "days", "open"] as const).map((value) => ({
          value,
          label: t(`posts.when.${value}_choice_need`),
        }))}
      />
      <TextField
        {...field("place")}
        label={t("posts.where.place_need")}
        hint={t("posts.where.hint")}
        optional={optional}
        maxLength={80}
      />
      <TextField
        {...field("address")}
        label={t("posts.where.address")}
        hint={t("posts.where.private_hint_need")}
        optional={optional}
        autoComplete="off"
        maxLength={300}
      />
      <TextArea
        {...field("privateNote")}
        rows={2}
        label={t("posts.where.note")}
        hint={t("posts.where.note_hint")}
        optional={optional}
        maxLength={1000}
      />
    </>
  );
}

function ForWhom(props: FieldsProps) {
  const t = useText();
  const field = useFields(props);
  return (
    <>
      <TextField
        {...field("name")}
        label={t("posts.reach.name")}
        hint={t("posts.reach.name_hint")}
        optional={t("posts.optional")}
        autoComplete="off"
        maxLength={80}
      />
      <SelectField
        {...field("textLocale")}
        label={t("posts.reach.language")}
        options={LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] }))}
      />
      <RadioGroup
        {...field("visibility")}
        legend={t("posts.check.who")}
        options={(["everyone", "volunteers", "team"] as const).map((value) => ({
          value,
          label: t(`posts.who.${value}`),
          hint: t(`posts.who.${value}_hint`),
        }))}
      />
    </>
  );
}
