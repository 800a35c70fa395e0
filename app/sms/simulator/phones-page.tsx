import { useText } from "#app/i18n/use-text.ts";
import { Button, Notice, SelectField, TextField, VisuallyHidden } from "#app/ui/index.ts";
import { FAULTS, type ShownPhone } from "./phones.ts";

export type PhonesPageProps = {
  phones: ShownPhone[];
  wire: { at: string; what: string; status: string }[];
  fault: string;
  /** What was typed as a number that is none. */
  wrong: string | null;
};

/** Several phones with their texts, a form to text as each, and how the provider behaves. Plain forms, no script. */
export function PhonesPage({ phones, wire, fault, wrong }: PhonesPageProps) {
  const t = useText();
  return (
    <div className="unreal">
      <h1>{t("sms.phones.title")}</h1>
      <Notice look="stop" title={t("sms.phones.not_real")}>
        {t("sms.phones.not_real_why")}
      </Notice>
      <p>
        <a href="/dev/phones">{t("sms.phones.refresh")}</a>
      </p>
      {phones.length === 0 && <p>{t("sms.phones.empty")}</p>}
      <div className="phones">
        {phones.map((phone) => (
          <Phone key={phone.phone} {...phone} />
        ))}
      </div>
      <div className="phones">
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

function Phone({ phone, anchor, optedOut, texts }: ShownPhone) {
  const t = useText();
  return (
    <section className="phone" id={anchor} aria-labelledby={`${anchor}-number`}>
      <h2 id={`${anchor}-number`}>
        <bdi dir="ltr">{phone}</bdi>
        {optedOut && <small> ({t("sms.phones.opted_out")})</small>}
      </h2>
      {texts.length === 0 ? <p>{t("sms.phones.none")}</p> : null}
      <ol className="bubbles" tabIndex={0} aria-labelledby={`${anchor}-number`}>
        {texts.map(({ sid, ours, status, parts }) => (
          <li key={sid} className={ours ? "bubble ours" : "bubble"}>
            <VisuallyHidden>{t(ours ? "sms.phones.from_us" : "sms.phones.from_phone")}: </VisuallyHidden>
            <div dir="auto">
              {parts.map(({ text, href }) =>
                href ? (
                  <a key={text} href={href} dir="ltr">
                    {text}
                  </a>
                ) : (
                  text
                ),
              )}
            </div>
            {ours && <small dir="ltr">{status}</small>}
          </li>
        ))}
      </ol>
      <form method="post" action="/dev/phones">
        <input type="hidden" name="phone" value={phone} />
        <TextField
          name="body"
          id={`${anchor}-body`}
          label={t("sms.phones.write")}
          required
          maxLength={1600}
          autoComplete="off"
        />
        <Button name="do" value="text">
          {t("sms.phones.send")}
        </Button>
      </form>
    </section>
  );
}

function Wire({ lines }: { lines: PhonesPageProps["wire"] }) {
  const t = useText();
  if (lines.length === 0) return null;
  return (
    <details>
      <summary>{t("sms.phones.wire")}</summary>
      <table dir="ltr">
        <thead>
          <tr>
            <th scope="col">{t("sms.phones.wire.at")}</th>
            <th scope="col">{t("sms.phones.wire.what")}</th>
            <th scope="col">{t("sms.phones.wire.answer")}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ at, what, status }, n) => (
            // Lines are never inserted or moved between renders.
            // eslint-disable-next-line react/no-array-index-key
            <tr key={n}>
              <td>{at}</td>
              <td>{what}</td>
              <td>{status}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
