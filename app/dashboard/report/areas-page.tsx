import type { ReactNode } from "react";
import { useText } from "#app/i18n/use-text.ts";
import { BackLink, Button, EmptyState, ErrorSummary, Fieldset, LinkButton, Notice, TextField } from "#app/ui/index.ts";
import { LONGEST_NAME, type KnownArea } from "./area-people.ts";

export type AreasProps = {
  areas: KnownArea[];
  group: string;
  saved: boolean;
  /** What was typed where a number could not be read, and the fields it is in. */
  wrong: { values: Record<string, string>; fields: string[] } | null;
  nav: ReactNode;
};

/** About how many people live where: said by coordinators, because nobody else here knows. */
export function AreasPage({ areas, group, saved, wrong, nav }: AreasProps) {
  const t = useText();
  const typed = (field: string, otherwise: string) => wrong?.values[field] ?? otherwise;
  const error = (field: string) => (wrong?.fields.includes(field) ? t("reach.areas.error") : undefined);
  return (
    <>
      <ErrorSummary
        title={t("web.errors")}
        errors={(wrong?.fields ?? []).map((field) => ({ field, message: t("reach.areas.error") }))}
      />
      <BackLink href={`/coordinate/dashboard${group && `?group=${group}`}`}>{t("dashboard.title")}</BackLink>
      {saved && !wrong && (
        <Notice look="done" role="status">
          {t("reach.areas.saved")}
        </Notice>
      )}
      <header>
        <h1>{t("reach.areas")}</h1>
        <p className="lede measure">{t("reach.areas.lede")}</p>
      </header>
      {nav}
      {areas.length === 0 && (
        <EmptyState
          title={t("reach.areas.none")}
          action={<LinkButton href="/coordinate/posts">{t("promises.none.posts")}</LinkButton>}
        >
          {t("reach.areas.none.words")}
        </EmptyState>
      )}
      {areas.length > 0 && (
        <form method="post" noValidate className="measure">
          {areas.map(({ area, name, people, place, posts }, at) => (
            <Fieldset
              key={area}
              legend={name ?? place ?? t("dashboard.fair.area.unnamed")}
              hint={t("reach.areas.posts", { n: posts })}
            >
              <input type="hidden" name={`area_${at}`} value={area} />
              <div className="row">
                <TextField
                  name={`name_${at}`}
                  label={t("reach.areas.name")}
                  maxLength={LONGEST_NAME}
                  autoComplete="off"
                  defaultValue={typed(`name_${at}`, name ?? place ?? "")}
                />
                <TextField
                  name={`people_${at}`}
                  label={t("reach.areas.people")}
                  size="short"
                  inputMode="numeric"
                  autoComplete="off"
                  defaultValue={typed(`people_${at}`, people === null ? "" : String(people))}
                  error={error(`people_${at}`)}
                />
              </div>
            </Fieldset>
          ))}
          <div className="row">
            <Button>{t("reach.areas.save")}</Button>
          </div>
        </form>
      )}
    </>
  );
}
