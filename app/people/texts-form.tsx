import { dateFormat } from "#app/i18n/date-format.ts";
import { useLocale, useText } from "#app/i18n/use-text.ts";
import { CheckboxField, Notice, NumberField, SelectField, TextField } from "#app/ui/index.ts";
import { dayIn } from "./pause.ts";
import { SaveButton, useFields, type SectionProps } from "./settings-fields.tsx";

type Props = SectionProps & { textNumber: string | null };

/** When texts may come: quiet hours, a rest, how many a month; and how to get them again after STOP. */
export function TextsForm({ settings, textNumber, fault }: Props) {
  const t = useText();
  const field = useFields({ fault });
  const ticked = (name: string, saved: boolean) => (fault ? fault.values[name] === "yes" : saved);
  return (
    <form method="post" className="stack" id="texts" noValidate>
      <h2>{t("people.texts.title")}</h2>
      {settings.stopped && <Stopped number={settings.stopped.number ?? textNumber} />}
      <QuietFields settings={settings} fault={fault} />
      <CheckboxField
        name="urgentAtNight"
        label={t("people.urgent_at_night")}
        hint={t("people.urgent_at_night.hint")}
        defaultChecked={ticked("urgentAtNight", settings.urgentAtNight)}
      />
      <CheckboxField
        name="discreet"
        label={t("discreet.label")}
        hint={t("discreet.hint")}
        defaultChecked={ticked("discreet", settings.discreet)}
      />
      <TextField
        {...field("pausedUntil", settings.pausedUntil ? dayIn(new Date(settings.pausedUntil), settings.timeZone) : "")}
        type="date"
        size="short"
        label={t("people.pause")}
        hint={t("people.pause.hint")}
        optional={t("web.optional")}
      />
      <NumberField
        {...field("monthlyCap", settings.monthlyCap === null ? "" : String(settings.monthlyCap))}
        min={0}
        label={t("people.cap")}
        optional={t("web.optional")}
        hint={t("people.cap.hint")}
      />
      {!settings.stopped && <p className="meta">{t("people.texts.stop")}</p>}
      <SaveButton section="texts" />
    </form>
  );
}

/** Those people here live in; any other is kept where it was set through the API. */
const ZONES = [
  "America/New_York",
  "America/Chicago",
  "America/Denver",
  "America/Phoenix",
  "America/Los_Angeles",
  "America/Anchorage",
  "Pacific/Honolulu",
  "America/Puerto_Rico",
];

function zoneName(timeZone: string, locale: string): string {
  const parts = dateFormat(locale, { timeZone, timeZoneName: "longGeneric" }).formatToParts(0);
  const name = parts.find(({ type }) => type === "timeZoneName")?.value ?? timeZone;
  return `${name} (${timeZone.replace(/^.*\//, "").replaceAll("_", " ")})`;
}

function QuietFields({ settings, fault }: SectionProps) {
  const t = useText();
  const locale = useLocale();
  const field = useFields({ fault });
  const isQuiet = settings.quietFrom !== settings.quietTo;
  const clock = dateFormat(locale, { hour: "numeric", timeZone: "UTC" });
  const hours = Array.from({ length: 24 }, (_, hour) => ({
    value: String(hour),
    label: clock.format(new Date(Date.UTC(2020, 0, 1, hour))),
  }));
  return (
    <>
      <CheckboxField
        name="quiet"
        label={t("people.quiet")}
        hint={t("people.quiet.hint")}
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
      <SelectField
        {...field("timeZone", settings.timeZone)}
        size="half"
        label={t("people.zone")}
        options={[...new Set([settings.timeZone, ...ZONES])].map((zone) => ({
          value: zone,
          label: zoneName(zone, locale),
        }))}
      />
    </>
  );
}

/** Only a text from the phone itself takes a STOP back, so the page can only say how. */
function Stopped({ number }: { number: string | null }) {
  const t = useText();
  return (
    <Notice look="stop" title={t("people.stopped")}>
      {number ? (
        <p>
          {t("people.stopped.number")}{" "}
          <a href={`sms:${number.replaceAll(" ", "")}?body=START`}>
            <bdi dir="ltr">{number}</bdi>
          </a>
        </p>
      ) : (
        <p>{t("people.stopped.any")}</p>
      )}
    </Notice>
  );
}
