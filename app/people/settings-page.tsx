import type { ReactNode } from "react";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { LOCALE_NAMES, LOCALES } from "#app/i18n/locales.ts";
import { useLocale, useText } from "#app/i18n/use-text.ts";
import {
  BackLink,
  Button,
  CheckboxField,
  ErrorSummary,
  Notice,
  NumberField,
  SelectField,
  TextField,
} from "#app/ui/index.ts";
import type { SessionView } from "./sessions.server.ts";
import type { Settings } from "./settings.server.ts";
import type { Fault } from "./sign-in-pages.tsx";

export type Section = "about" | "texts" | "devices";
type Props = {
  settings: Settings;
  sessions: (Omit<SessionView, "createdAt"> & { createdAt: string })[];
  saved: Section | "alerts" | null;
  fault?: Fault & { section: Section };
  /** The forms of my groups, drawn by the route. */
  children: ReactNode;
};

const SAVED: Record<NonNullable<Props["saved"]>, MessageId> = {
  about: "people.saved.about",
  texts: "people.saved.texts",
  devices: "people.saved.devices",
  alerts: "people.saved.alerts",
};

/** Everything a person may set about themselves, a form a section. */
export function SettingsPage({ settings, sessions, saved, fault, children }: Props) {
  const t = useText();
  const errors = Object.entries(fault?.errors ?? {}).map(([field, id]) => ({ field, message: t(id) }));
  const faultOf = (section: Section) => (fault?.section === section ? fault : undefined);
  return (
    <div className="measure stack">
      <ErrorSummary title={t("web.errors")} errors={errors} />
      {saved && !fault && (
        <Notice look="done" role="status">
          {t(SAVED[saved])}
        </Notice>
      )}
      <BackLink href="/me">{t("web.nav.me")}</BackLink>
      <h1>{t("people.settings.title")}</h1>
      <About settings={settings} fault={faultOf("about")} />
      <Texts settings={settings} fault={faultOf("texts")} />
      {children}
      <Devices sessions={sessions} />
      <section className="stack tight">
        <h2>{t("people.held.title")}</h2>
        <p>
          <a href="/me/data">{t("people.held.link")}</a>
        </p>
      </section>
      <form method="post" action="/sign-out">
        <Button type="submit" look="quiet">
          {t("people.sign_out")}
        </Button>
      </form>
    </div>
  );
}

type SectionProps = { settings: Settings; fault?: Fault };

/** What was typed before the last press of the button, else what is saved; and the field's error in words. */
function useFields({ fault }: Pick<SectionProps, "fault">) {
  const t = useText();
  return (name: string, saved: string) => {
    const wrong = fault?.errors[name];
    return { name, defaultValue: fault?.values[name] ?? saved, error: wrong && t(wrong) };
  };
}

function About({ settings, fault }: SectionProps) {
  const t = useText();
  const field = useFields({ fault });
  return (
    <form method="post" className="stack" id="about" noValidate>
      <h2>{t("people.about.title")}</h2>
      <p className="meta">
        {t("people.about.phone")} <bdi dir="ltr">{settings.phone}</bdi>
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
      <SaveButton section="about" />
    </form>
  );
}

function Texts({ settings, fault }: SectionProps) {
  const t = useText();
  const locale = useLocale();
  const field = useFields({ fault });
  const isQuiet = settings.quietFrom !== settings.quietTo;
  const clock = new Intl.DateTimeFormat(locale, { hour: "numeric", timeZone: "UTC" });
  const hours = Array.from({ length: 24 }, (_, hour) => ({
    value: String(hour),
    label: clock.format(new Date(Date.UTC(2020, 0, 1, hour))),
  }));
  return (
    <form method="post" className="stack" id="texts" noValidate>
      <h2>{t("people.texts.title")}</h2>
      <CheckboxField
        name="quiet"
        label={t("people.quiet")}
        hint={t("people.quiet.hint", { zone: settings.timeZone.replaceAll("_", " ") })}
        defaultChecked={fault ? fault.values["quiet"] === "yes" : isQuiet}
      />
      <div className="row">
        <SelectField
          {...field("quietFrom", String(isQuiet ? settings.quietFrom : 21))}
          label={t("people.quiet.from")}
          options={hours}
        />
        <SelectField
          {...field("quietTo", String(isQuiet ? settings.quietTo : 8))}
          label={t("people.quiet.to")}
          options={hours}
        />
      </div>
      <NumberField
        {...field("monthlyCap", settings.monthlyCap === null ? "" : String(settings.monthlyCap))}
        min={0}
        label={t("people.cap")}
        optional={t("web.optional")}
        hint={t("people.cap.hint")}
      />
      <p className="meta">{t("people.texts.stop")}</p>
      <SaveButton section="texts" />
    </form>
  );
}

function SaveButton({ section }: { section: Section }) {
  const t = useText();
  return (
    <div>
      <Button type="submit" name="section" value={section}>
        {t("web.save")}
      </Button>
    </div>
  );
}

function Devices({ sessions }: Pick<Props, "sessions">) {
  const t = useText();
  const locale = useLocale();
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  return (
    <section className="stack tight" id="devices">
      <h2>{t("people.devices.title")}</h2>
      <ul className="plain stack tight">
        {sessions.map((session) => (
          <li key={session.key}>
            <form method="post" className="row">
              <input type="hidden" name="section" value="devices" />
              <span>
                <bdi>{session.device || t("people.devices.unknown")}</bdi>{" "}
                <span className="meta">{t("people.devices.seen", { day: day.format(new Date(session.seenOn)) })}</span>
              </span>
              {session.isThisOne ? (
                <strong>{t("people.devices.this")}</strong>
              ) : (
                <Button type="submit" look="plain" name="key" value={session.key}>
                  {t("people.devices.sign_out")}
                </Button>
              )}
            </form>
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <form method="post">
          <input type="hidden" name="section" value="devices" />
          <Button type="submit" look="stop" name="key" value="others">
            {t("people.devices.sign_out_others")}
          </Button>
        </form>
      )}
    </section>
  );
}
