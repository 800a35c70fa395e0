import type { ReactNode } from "react";
import { dateFormat } from "#app/i18n/date-format.ts";
import { LOCALE_NAMES } from "#app/i18n/locales.ts";
import { useLocale, useText } from "#app/i18n/use-text.ts";
import { BackLink, DescriptionList, LinkButton, UserText } from "#app/ui/index.ts";
import { languageList } from "./languages.ts";
import type { ShownSettings } from "./settings-fields.tsx";
import type { Held } from "./what-we-hold.server.ts";

/** What we hold about a person, in words they can check. */
export function HeldPage({
  held,
  notes,
  reads,
}: {
  /** Who looked at their contact, as it is shown. */
  reads: ReactNode;
  /** What coordinators noted about them. */
  notes: { group: string; note: string }[];
  held: Omit<Held, "since" | "settings"> & { since: string; settings: ShownSettings };
}) {
  const t = useText();
  const locale = useLocale();
  const { settings } = held;
  const since = dateFormat(locale, { dateStyle: "long", timeZone: settings.timeZone });
  return (
    <div className="measure stack">
      <BackLink href="/me/settings">{t("people.settings.title")}</BackLink>
      <h1>{t("people.held.title")}</h1>
      <p>{t("people.held.intro")}</p>
      <DescriptionList
        items={[
          { term: t("people.name"), value: <bdi>{settings.name ?? t("people.no_name")}</bdi> },
          { term: t("people.phone"), value: <bdi dir="ltr">{settings.phone}</bdi> },
          { term: t("people.locale"), value: LOCALE_NAMES[settings.locale] },
          {
            term: t("people.held.languages"),
            value: languageList(settings.languages, locale, t("people.speaks.sign")) || t("people.held.none"),
          },
          {
            term: t("people.held.area"),
            value: settings.area ? (
              <bdi dir="ltr">
                {settings.area.lat}, {settings.area.lng}
              </bdi>
            ) : (
              t("people.held.none")
            ),
          },
          { term: t("people.held.since"), value: since.format(new Date(held.since)) },
          { term: t("people.held.posts"), value: t("people.held.n", { n: held.posts }) },
          { term: t("people.held.promises"), value: t("people.held.n", { n: held.promises }) },
          { term: t("people.held.asks"), value: t("people.held.n", { n: held.asks }) },
          { term: t("people.held.groups"), value: t("people.held.n", { n: held.groups }) },
          { term: t("people.held.texts"), value: t("people.held.n", { n: held.texts }) },
          { term: t("people.held.devices"), value: t("people.held.n", { n: held.devices }) },
          {
            term: t("people.held.learned"),
            value: held.learned ? t("people.held.learned_counts", held.learned) : t("people.held.none"),
          },
          { term: t("people.held.stopped"), value: t(held.optedOut ? "people.held.yes" : "people.held.no") },
        ]}
      />
      {notes.length > 0 && (
        <section aria-labelledby="notes">
          <h2 id="notes">{t("room.held.notes")}</h2>
          <DescriptionList
            items={notes.map(({ group, note }) => ({
              term: <bdi>{group}</bdi>,
              value: <UserText>{note}</UserText>,
            }))}
          />
        </section>
      )}
      {reads}
      <p>{t("people.held.sealed")}</p>
      <div className="row">
        <LinkButton look="plain" href="/me/data/file">
          {t("mine.download")}
        </LinkButton>
        <LinkButton look="stop" href="/me/delete">
          {t("mine.delete.link")}
        </LinkButton>
      </div>
    </div>
  );
}
