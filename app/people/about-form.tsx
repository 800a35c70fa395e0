import { LOCALE_NAMES, LOCALES } from "#app/i18n/locales.ts";
import { useLocale, useText } from "#app/i18n/use-text.ts";
import { Disclosure, Fieldset, SelectField, TextField } from "#app/ui/index.ts";
import { languageName, SPOKEN } from "./languages.ts";
import { SaveButton, useFields, type SectionProps } from "./settings-fields.tsx";

/** My name, the language of our texts, and what else I speak. */
export function AboutForm({ settings, fault }: SectionProps) {
  const t = useText();
  const nameOf = useLanguageNames();
  const others = settings.languages.map(nameOf).join(", ");
  const field = useFields({ fault });
  return (
    <form method="post" className="stack" id="about" noValidate>
      <h2>{t("people.about.title")}</h2>
      <p className="meta">
        {t("people.about.phone")} <bdi dir="ltr">{settings.phone}</bdi>{" "}
        <a href="/me/number">{t("people.number.change")}</a>
      </p>
      <TextField
        {...field("name", settings.name ?? "")}
        size="half"
        maxLength={60}
        autoComplete="nickname"
        label={t("people.name")}
        optional={t("web.optional")}
        hint={t("people.name.hint")}
      />
      <SelectField
        {...field("locale", settings.locale)}
        size="half"
        label={t("people.locale")}
        hint={t("people.locale.hint")}
        options={LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] }))}
      />
      <Disclosure summary={others ? t("people.speaks.some", { others }) : t("people.speaks")} open={Boolean(fault)}>
        <Spoken settings={settings} fault={fault} />
      </Disclosure>
      <SaveButton section="about" />
    </form>
  );
}

function Spoken({ settings, fault }: SectionProps) {
  const t = useText();
  const locale = useLocale();
  const nameOf = useLanguageNames();
  const offered = SPOKEN.filter((language) => language !== settings.locale).toSorted((a, b) =>
    nameOf(a).localeCompare(nameOf(b), locale),
  );
  const speaks = (language: string) =>
    fault ? fault.values[`speaks-${language}`] === "yes" : settings.languages.includes(language);
  return (
    <Fieldset name="speaks" legend={t("people.speaks.legend")} hint={t("people.speaks.hint")}>
      <div className="choices two">
        {offered.map((language) => (
          <label key={language} className="choice">
            <input type="checkbox" name={`speaks-${language}`} value="yes" defaultChecked={speaks(language)} />
            <span>{nameOf(language)}</span>
          </label>
        ))}
      </div>
    </Fieldset>
  );
}

function useLanguageNames() {
  const t = useText();
  const locale = useLocale();
  return (language: string) => languageName(language, locale, t("people.speaks.sign"));
}
