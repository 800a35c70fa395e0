import type { ReactNode } from "react";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { useText } from "#app/i18n/use-text.ts";
import {
  Button,
  CheckboxField,
  DescriptionList,
  Disclosure,
  ErrorSummary,
  FilterLinks,
  LinkButton,
  Notice,
  NumberField,
  RadioGroup,
  SelectField,
  TextArea,
  TextField,
  UserText,
} from "#app/ui/index.ts";
import { HabitsForm } from "./habits-form.tsx";
import type { CategorySettings, GroupSettings } from "./settings.ts";
import { settingsFieldId, useSettingsFields } from "./use-settings-fields.ts";

/** What is wrong with one of the forms; `form`: `group`, `habits`, or a category's id, empty for a new one. `conflict`: somebody else saved meanwhile. */
export type SettingsFault = {
  form: string;
  values: Record<string, string>;
  errors: Record<string, MessageId>;
  conflict?: boolean;
};

export type SettingsProps = {
  settings: GroupSettings;
  groups: { slug: string; name: string }[];
  saved: boolean;
  fault: SettingsFault | undefined;
  nav: ReactNode;
};

/** How a group works. Each part saves by itself, so that nothing typed elsewhere is lost. */
export function GroupSettingsPage({ settings, groups, saved, fault, nav }: SettingsProps) {
  const t = useText();
  return (
    <div className="stack">
      <ErrorSummary
        title={t("posts.problem")}
        errors={Object.entries(fault?.errors ?? {}).map(([name, message]) => ({
          field: settingsFieldId(fault!.form, name),
          message: t(message),
        }))}
      />
      {saved && (
        <Notice look="done" role="status">
          {t("acts.said.edit")}
        </Notice>
      )}
      <h1>{t("settings.room", { group: settings.name })}</h1>
      {nav}
      {groups.length > 1 && (
        <FilterLinks
          label={t("dashboard.group")}
          items={groups.map(({ slug, name }) => ({
            href: `/coordinate/settings?group=${slug}`,
            text: <bdi>{name}</bdi>,
            pressed: slug === settings.slug,
          }))}
        />
      )}
      <GroupForm settings={settings} fault={fault?.form === "group" ? fault : undefined} />
      <HabitsForm settings={settings} fault={fault?.form === "habits" ? fault : undefined} />
      <section className="measure stack">
        <h2>{t("settings.categories")}</h2>
        {settings.categories.map((category) => (
          <Disclosure
            key={category.id}
            open={fault?.form === category.id}
            summary={t(category.archived ? "settings.shelved" : "settings.category", {
              name: category.name,
              unit: category.unit,
            })}
          >
            <CategoryForm category={category} fault={fault?.form === category.id ? fault : undefined} />
          </Disclosure>
        ))}
        <Disclosure open={fault?.form === ""} summary={t("settings.add")}>
          <CategoryForm category={null} fault={fault?.form === "" ? fault : undefined} />
        </Disclosure>
        <p>
          <LinkButton look="quiet" href={`/coordinate/matches/fits?group=${settings.slug}`}>
            {t("settings.fits")}
          </LinkButton>
        </p>
      </section>
    </div>
  );
}

/** How it stands now that somebody else has saved, beside what was typed; saving again goes over it. */
function Stands({ items }: { items: { term: string; value: ReactNode }[] }) {
  const t = useText();
  return (
    <Notice look="wait" title={t("acts.conflict.now")}>
      <DescriptionList items={items} />
    </Notice>
  );
}

function GroupForm({ settings, fault }: { settings: GroupSettings; fault: SettingsFault | undefined }) {
  const t = useText();
  const field = useSettingsFields("group", fault);
  return (
    <form method="post" noValidate className="measure stack">
      <h2>{t("settings.about")}</h2>
      <input type="hidden" name="seen" value={settings.seen} />
      {fault?.conflict && (
        <Stands
          items={[
            { term: t("settings.name"), value: <bdi>{settings.name}</bdi> },
            { term: t("settings.blurb"), value: <UserText>{settings.blurb}</UserText> },
            { term: t("settings.joining"), value: t(`settings.joining.${settings.joining}`) },
            { term: t("settings.moderates"), value: t(settings.moderates ? "people.held.yes" : "people.held.no") },
            { term: t("settings.cap"), value: settings.weeklyCap ?? "–" },
          ]}
        />
      )}
      <TextField {...field("name", settings.name)} label={t("settings.name")} maxLength={60} />
      <TextArea {...field("blurb", settings.blurb)} label={t("settings.blurb")} rows={3} maxLength={300} />
      <RadioGroup
        {...field("joining", settings.joining)}
        legend={t("settings.joining")}
        options={(["open", "ask"] as const).map((value) => ({ value, label: t(`settings.joining.${value}`) }))}
      />
      <CheckboxField
        name="moderates"
        label={t("settings.moderates")}
        hint={t("settings.moderates.hint")}
        defaultChecked={fault ? fault.values["moderates"] !== undefined : settings.moderates}
      />
      <NumberField
        {...field("weeklyCap", settings.weeklyCap === null ? "" : String(settings.weeklyCap))}
        label={t("settings.cap")}
        hint={t("settings.cap.hint")}
        optional={t("posts.optional")}
      />
      <div className="row">
        <Button name="act" value="group">
          {t("acts.save")}
        </Button>
      </div>
    </form>
  );
}

function CategoryForm({ category, fault }: { category: CategorySettings | null; fault: SettingsFault | undefined }) {
  const t = useText();
  const field = useSettingsFields(category?.id ?? "", fault);
  return (
    <form method="post" noValidate className="stack tight">
      <input type="hidden" name="id" value={category?.id ?? ""} />
      {category && <input type="hidden" name="seen" value={category.seen} />}
      {category && fault?.conflict && (
        <Stands
          items={[
            { term: t("settings.category.name"), value: <bdi>{category.name}</bdi> },
            { term: t("settings.unit_one"), value: <bdi>{category.unitOne}</bdi> },
            { term: t("settings.unit"), value: <bdi>{category.unit}</bdi> },
            { term: t("settings.days"), value: category.expiryDays },
            { term: t("habits.within"), value: category.neededWithinHours ?? "–" },
            { term: t("posts.check.who"), value: t(`posts.who.${category.visibility}`) },
          ]}
        />
      )}
      <TextField {...field("name", category?.name ?? "")} label={t("settings.category.name")} maxLength={60} />
      <div className="row">
        <TextField
          {...field("unitOne", category?.unitOne ?? "")}
          label={t("settings.unit_one")}
          size="half"
          maxLength={40}
        />
        <TextField {...field("unit", category?.unit ?? "")} label={t("settings.unit")} size="half" maxLength={40} />
      </div>
      <NumberField {...field("expiryDays", String(category?.expiryDays ?? 14))} label={t("settings.days")} />
      <NumberField
        {...field("neededWithinHours", String(category?.neededWithinHours ?? ""))}
        label={t("habits.within")}
        hint={t("habits.within.hint")}
        optional={t("posts.optional")}
      />
      <SelectField
        {...field("visibility", category?.visibility ?? "everyone")}
        label={t("posts.check.who")}
        options={(["everyone", "volunteers", "team"] as const).map((value) => ({
          value,
          label: t(`posts.who.${value}`),
        }))}
      />
      <div className="row">
        <Button look="plain" name="act" value="category">
          {t("acts.save")}
        </Button>
        {category && (
          <Button look="quiet" name="act" value={category.archived ? "unshelve" : "shelve"}>
            {t(category.archived ? "settings.unshelve" : "settings.shelve")}
          </Button>
        )}
      </div>
    </form>
  );
}
