import { useText } from "#app/i18n/use-text.ts";
import { Button, Notice, SelectField, TextField } from "#app/ui/index.ts";
import { Phone } from "./phone.tsx";
import { FAULTS, type ShownPhone } from "./phones.ts";
import { Wire, type ShownLine } from "./wire.tsx";

export type PhonesPageProps = {
  phones: ShownPhone[];
  wire: ShownLine[];
  fault: string;
  /** What time it is here, and how many hours that is ahead of the machine. */
  clock: { now: string; ahead: number };
  /** What was typed as a number that is none. */
  wrong: string | null;
};

/** Several phones with their texts, a form to text as each, and how the provider behaves. Plain forms, no script. */
export function PhonesPage({ phones, wire, fault, clock, wrong }: PhonesPageProps) {
  const t = useText();
  return (
    <div className="unreal">
      <h1>{t("sms.phones.title")}</h1>
      <Notice look="stop" title={t("sms.phones.not_real")}>
        {t("sms.phones.not_real_why")}
      </Notice>
      <p className="row">
        <a href="/dev/phones">{t("sms.phones.refresh")}</a>
        <a href="/dev/phones.json">{t("sms.phones.save")}</a>
      </p>
      <div className="phones">
        {phones.map((phone) => (
          <Phone key={phone.phone} {...phone} />
        ))}
      </div>
      <div className="phones">
        <AddPhone wrong={wrong} />
        <Misbehave fault={fault} />
        <MoveClock {...clock} />
        <form method="post" action="/dev/phones">
          <Button name="do" value="clear" look="stop">
            {t("sms.phones.clear")}
          </Button>
        </form>
      </div>
      <Wire lines={wire} />
    </div>
  );
}

function AddPhone({ wrong }: Pick<PhonesPageProps, "wrong">) {
  const t = useText();
  return (
    <form method="post" action="/dev/phones">
      <TextField
        name="phone"
        type="tel"
        label={t("sms.phones.number")}
        defaultValue={wrong ?? ""}
        {...(wrong === null ? {} : { error: t("sms.phones.number_wrong") })}
      />
      <Button name="do" value="add" look="plain">
        {t("sms.phones.add")}
      </Button>
    </form>
  );
}

function Misbehave({ fault }: Pick<PhonesPageProps, "fault">) {
  const t = useText();
  return (
    <form method="post" action="/dev/phones">
      <SelectField
        name="fault"
        label={t("sms.phones.faults")}
        defaultValue={fault}
        options={FAULTS.map(({ name, label }) => ({ value: name, label: t(label) }))}
      />
      <Button name="do" value="fault" look="plain">
        {t("sms.phones.faults.set")}
      </Button>
    </form>
  );
}

function MoveClock({ now, ahead }: PhonesPageProps["clock"]) {
  const t = useText();
  return (
    <form method="post" action="/dev/phones">
      <input type="hidden" name="do" value="clock" />
      <p>
        {t("sms.phones.clock")} <bdi dir="ltr">{now.slice(0, 16).replace("T", " ")}Z</bdi>
        {ahead > 0 && <> ({t("sms.phones.clock.ahead", { hours: ahead })})</>}
      </p>
      <div className="row">
        <Button name="hours" value="1" look="plain">
          {t("sms.phones.clock.hour")}
        </Button>
        <Button name="hours" value="24" look="plain">
          {t("sms.phones.clock.day")}
        </Button>
        <Button name="hours" value="0" look="plain">
          {t("sms.phones.clock.back")}
        </Button>
      </div>
    </form>
  );
}
