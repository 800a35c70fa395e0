import type { ChangeEvent, FormEvent } from "react";
import { useText } from "#app/i18n/use-text.ts";
import { Button, CheckboxGroup, Disclosure, LinkButton, SelectField, TextField } from "#app/ui/index.ts";
import { COLUMNS, MIN_AGES, STATE_SETS, STATES, type ListView, type MinAge } from "./post-list.ts";

type Props = {
  view: ListView;
  groups: { slug: string; name: string }[];
  /** What was answered to the categories' questions. */
  answers: { value: string; label: string }[];
  /** Said for every change, with the form as it is then; without script the button sends it instead. */
  onChange: (form: HTMLFormElement, typing: boolean) => void;
};

const AGE_WORDS = { "4h": ["hours", 4], "1d": ["hours", 24], "2d": ["days", 2], "4d": ["days", 4] } as const;

/** The map of what is open; of the list's filters it knows the kind and the group. */
const mapOf = ({ kind, group }: ListView) =>
  `/map?${new URLSearchParams(Object.entries({ kind, group }).filter(([, value]) => value))}`;

/** A form that asks with GET: the filters are the URL. `key` it by the view, so that Back refills it. */
export function PostsFilters({ view, groups, answers, onChange }: Props) {
  const t = useText();
  const any = t("dashboard.filter.any");
  const states = [...(Object.keys(STATE_SETS) as (keyof typeof STATE_SETS)[]), ...STATES];
  const changed = (event: FormEvent<HTMLFormElement> | ChangeEvent<HTMLFormElement>) => {
    const field = event.target as EventTarget & { name?: string };
    onChange(event.currentTarget, field.name === "q");
  };
  return (
    <form
      method="get"
      action="/coordinate/posts"
      className="list-filters"
      aria-label={t("dashboard.posts.filters")}
      onChange={changed}
      onSubmit={(event) => {
        event.preventDefault();
        onChange(event.currentTarget, false);
      }}
    >
      <TextField name="q" type="search" label={t("dashboard.filter.words")} defaultValue={view.q} autoComplete="off" />
      <SelectField
        name="state"
        label={t("dashboard.col.state")}
        defaultValue={view.state}
        options={states.map((value) => ({ value, label: t(`dashboard.state.${value}`) }))}
      />
      <SelectField
        name="kind"
        label={t("dashboard.col.kind")}
        defaultValue={view.kind}
        blank={any}
        options={(["need", "offer"] as const).map((value) => ({ value, label: t(`dashboard.kind.${value}`) }))}
      />
      {groups.length > 1 && (
        <SelectField
          name="group"
          label={t("dashboard.col.group")}
          defaultValue={view.group}
          blank={t("dashboard.group.all")}
          options={groups.map(({ slug, name }) => ({ value: slug, label: name }))}
        />
      )}
      <SelectField
        name="age"
        label={t("dashboard.filter.age")}
        defaultValue={view.age}
        blank={any}
        options={(Object.keys(MIN_AGES) as MinAge[]).map((value) => {
          const [unit, n] = AGE_WORDS[value];
          return { value, label: t(`dashboard.for.${unit}`, { n }) };
        })}
      />
      {answers.length > 0 && (
        <SelectField
          name="answer"
          label={t("triage.answer")}
          defaultValue={view.answer}
          blank={any}
          options={answers}
        />
      )}
      <input type="hidden" name="sort" value={`${view.descending ? "-" : ""}${view.sort}`} />
      <div className="row">
        <Button look="plain">{t("dashboard.posts.show")}</Button>
        <LinkButton look="quiet" href="/coordinate/posts">
          {t("dashboard.posts.clear")}
        </LinkButton>
        <LinkButton look="quiet" icon="pin" href={mapOf(view)}>
          {t("map.link")}
        </LinkButton>
      </div>
      <Disclosure summary={t("dashboard.posts.columns")}>
        <input type="hidden" name="col" value="title" />
        <CheckboxGroup
          name="col"
          legend={t("dashboard.posts.columns")}
          defaultValue={[...view.columns]}
          options={COLUMNS.filter((id) => id !== "title").map((value) => ({
            value,
            label: t(`dashboard.col.${value}`),
          }))}
        />
      </Disclosure>
    </form>
  );
}
