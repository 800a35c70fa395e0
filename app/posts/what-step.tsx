import { groupIcon } from "#app/groups/group-icon.ts";
import { useLocale, useText } from "#app/i18n/use-text.ts";
import type { StepProps } from "#app/posts/step-props.ts";
import { useErrors } from "#app/posts/use-errors.ts";
import { Disclosure, Fieldset, NumberField, RadioGroup, TextArea, TextField } from "#app/ui/index.ts";

/** What, how many, and a few words. The kinds of things stand under their working group, folded until asked for. */
export function WhatStep(props: StepProps) {
  const t = useText();
  const { kind, answers, choices } = props;
  const error = useErrors(props);
  const chosen = answers.what ?? "";
  const open = chosen.split("/")[0] || props.preset;
  const every = Boolean(error("what")) || choices.length < 3;
  return (
    <>
      <Fieldset
        heading
        legend={t(`posts.what.title_${kind}`)}
        name="what"
        hint={t("posts.what.hint")}
        error={error("what")}
      >
        {choices.map((group) => (
          <Disclosure
            key={group.slug}
            boxed
            icon={groupIcon(group.slug)}
            summary={<GroupName group={group} />}
            open={every || group.slug === open}
          >
            <RadioGroup
              name="what"
              id={`what-${group.slug}`}
              legend={<span className="vh">{group.name}</span>}
              defaultValue={chosen}
              options={[
                ...group.categories.map(({ slug, name }) => ({ value: `${group.slug}/${slug}`, label: name })),
                { value: `${group.slug}/`, label: t("posts.what.other") },
              ]}
            />
          </Disclosure>
        ))}
      </Fieldset>
      <NumberField
        name="quantity"
        label={t("posts.what.quantity")}
        hint={t("posts.what.quantity_hint")}
        defaultValue={answers.quantity || "1"}
        error={error("quantity")}
      />
      <TextField
        name="title"
        label={t("posts.what.words")}
        hint={t(`posts.what.words_hint_${kind}`)}
        optional={t("posts.optional")}
        defaultValue={answers.title}
        maxLength={120}
        error={error("title")}
      />
      <TextArea
        name="details"
        label={t("posts.what.more")}
        hint={t("posts.what.more_hint")}
        optional={t("posts.optional")}
        defaultValue={answers.details}
        maxLength={2000}
        error={error("details")}
      />
    </>
  );
}

/** The group with the first of its kinds of things, because a name alone may not say what it helps with. */
function GroupName({ group }: { group: StepProps["choices"][number] }) {
  const some = group.categories.slice(0, 3).map((category) => category.name);
  return (
    <>
      {group.name}
      <span className="hint">{new Intl.ListFormat(useLocale(), { type: "unit" }).format(some)}</span>
    </>
  );
}
