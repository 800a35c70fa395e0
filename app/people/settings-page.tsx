import type { ReactNode } from "react";
import { dateFormat } from "#app/i18n/date-format.ts";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { useLocale, useText } from "#app/i18n/use-text.ts";
import { BackLink, Button, ErrorSummary, Notice } from "#app/ui/index.ts";
import { AboutForm } from "./about-form.tsx";
import { AreaForm, type Place } from "./area-form.tsx";
import type { SessionView } from "./sessions.server.ts";
import type { ShownSettings } from "./settings-fields.tsx";
import type { Fault } from "./sign-in-pages.tsx";
import { TextsForm } from "./texts-form.tsx";

export type Section = "about" | "area" | "texts" | "devices";
type Props = {
  settings: ShownSettings;
  places: Place[];
  /** Our number, where there is one for all texts. */
  textNumber: string | null;
  sessions: (Omit<SessionView, "createdAt"> & { createdAt: string })[];
  saved: Section | "alerts" | "number" | null;
  fault?: Fault & { section: Section };
  /** The forms of my groups, drawn by the route. */
  children: ReactNode;
};

const SAVED: Record<NonNullable<Props["saved"]>, MessageId> = {
  about: "people.saved.about",
  area: "people.saved.area",
  texts: "people.saved.texts",
  devices: "people.saved.devices",
  alerts: "people.saved.alerts",
  number: "people.saved.number",
};

/** Everything a person may set about themselves, a form a section. */
export function SettingsPage({ settings, places, textNumber, sessions, saved, fault, children }: Props) {
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
      <AboutForm settings={settings} fault={faultOf("about")} />
      <AreaForm settings={settings} places={places} fault={faultOf("area")} />
      <TextsForm settings={settings} textNumber={textNumber} fault={faultOf("texts")} />
      {children}
      <Devices sessions={sessions} />
      <section className="stack tight">
        <h2>{t("steps.mine.title")}</h2>
        <p>
          <a href="/me/security">{t("steps.mine.link")}</a>
        </p>
      </section>
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

function Devices({ sessions }: Pick<Props, "sessions">) {
  const t = useText();
  const locale = useLocale();
  const day = dateFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
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
