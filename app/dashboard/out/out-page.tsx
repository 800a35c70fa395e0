import type { ReactNode } from "react";
import { useText } from "#app/i18n/use-text.ts";
import { EXPORT_REASONS } from "#app/events/event.ts";
import { Button, CheckboxField, ErrorSummary, RadioGroup, SelectField, TextArea } from "#app/ui/index.ts";

type Props = {
  groups: { slug: string; name: string }[];
  group: string;
  /** What is open, as plain lines. */
  list: string;
  /** What was chosen before, by field: they are asked for more first. */
  again: Record<string, string>;
  /** Contacts were asked for without saying what for. */
  missed: boolean;
  nav: ReactNode;
};

/** What leaves the house: a list to paste into a chat, and files of the group's own posts. */
export function OutPage({ groups, group, list, again, missed, nav }: Props) {
  const t = useText();
  return (
    <div className="stack">
      <ErrorSummary title={t("posts.problem")} errors={missed ? [{ field: "why", message: t("out.why.error") }] : []} />
      <h1>{t("out.title")}</h1>
      {nav}
      <section className="measure stack">
        <h2>{t("out.list")}</h2>
        <TextArea
          name="list"
          label={t("out.list.words")}
          hint={t("out.list.hint")}
          rows={10}
          readOnly
          defaultValue={list}
        />
      </section>
      <form method="post" action="/coordinate/out/file" className="measure stack">
        <h2>{t("out.file")}</h2>
        <p>{t("out.file.words")}</p>
        {groups.length > 1 && (
          <SelectField
            name="group"
            label={t("dashboard.group")}
            blank={t("dashboard.group.all")}
            defaultValue={group}
            options={groups.map(({ slug, name }) => ({ value: slug, label: name }))}
          />
        )}
        <RadioGroup
          name="which"
          legend={t("out.which")}
          defaultValue={again["which"] || "open"}
          options={(["open", "all"] as const).map((value) => ({ value, label: t(`out.which.${value}`) }))}
        />
        <RadioGroup
          name="format"
          legend={t("out.format")}
          defaultValue={again["format"] || "csv"}
          options={(["csv", "json"] as const).map((value) => ({ value, label: t(`out.format.${value}`) }))}
        />
        <CheckboxField
          name="contacts"
          label={t("out.contacts")}
          hint={t("out.contacts.hint")}
          defaultChecked={Boolean(again["contacts"])}
        />
        <SelectField
          name="why"
          label={t("out.why")}
          blank={t("out.why.none")}
          options={EXPORT_REASONS.map((value) => ({ value, label: t(`out.why.${value}`) }))}
          defaultValue={again["why"]}
          error={missed ? t("out.why.error") : undefined}
        />
        <div className="row">
          <Button>{t("out.make")}</Button>
        </div>
      </form>
    </div>
  );
}
