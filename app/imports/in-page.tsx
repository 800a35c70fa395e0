import type { ReactNode } from "react";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { useText } from "#app/i18n/use-text.ts";
import { Button, ErrorSummary, RadioGroup, SelectField, TextArea, TextField } from "#app/ui/index.ts";
import type { ImportState } from "./import.ts";

export type InFault = { values: Record<string, string>; errors: Record<string, MessageId> };
export type InProps = {
  groups: { slug: string; name: string }[];
  group: string;
  /** Lists that were brought in before, newest first. */
  before: { id: string; state: ImportState; when: string; group: string; good: number; total: number }[];
};

/** A list to bring in: a file, or lines pasted from a spreadsheet. */
export function InPage({
  groups,
  group,
  before,
  fault,
  nav,
}: InProps & { fault: InFault | undefined; nav: ReactNode }) {
  const t = useText();
  const error = (field: string) => fault?.errors[field] && t(fault.errors[field]);
  return (
    <div className="stack">
      <ErrorSummary
        title={t("posts.problem")}
        errors={Object.entries(fault?.errors ?? {}).map(([field, message]) => ({ field, message: t(message) }))}
      />
      <header>
        <h1>{t("in.title")}</h1>
        <p className="lede">{t("in.intro")}</p>
      </header>
      {nav}
      <form method="post" encType="multipart/form-data" className="measure stack" noValidate>
        {groups.length > 1 && (
          <SelectField
            name="group"
            label={t("in.group")}
            defaultValue={fault?.values["group"] ?? group}
            options={groups.map(({ slug, name }) => ({ value: slug, label: name }))}
          />
        )}
        <RadioGroup
          name="kind"
          legend={t("in.kind")}
          defaultValue={fault?.values["kind"] ?? "need"}
          options={(["need", "offer"] as const).map((value) => ({ value, label: t(`in.kind.${value}`) }))}
        />
        <TextField
          type="file"
          name="file"
          label={t("in.file")}
          hint={t("in.file.hint")}
          accept=".csv,.tsv,.txt,text/*"
          error={error("file")}
        />
        <TextArea
          name="pasted"
          rows={6}
          label={t("in.pasted")}
          hint={t("in.pasted.hint")}
          defaultValue={fault?.values["pasted"]}
        />
        <p>
          <Button>{t("in.look")}</Button>
        </p>
      </form>
      {before.length > 0 && (
        <section>
          <h2>{t("in.before")}</h2>
          <ul className="lines">
            {before.map(({ id, state, when, group: name, good, total }) => (
              <li key={id}>
                <a href={`/coordinate/in/${id}`}>
                  {t(`in.state.${state}`, { good, total })}
                  <span className="meta">
                    {when} · <bdi>{name}</bdi>
                  </span>
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
