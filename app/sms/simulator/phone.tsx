import { useText } from "#app/i18n/use-text.ts";
import { Button, Dots, TextField, VisuallyHidden } from "#app/ui/index.ts";
import type { ShownPhone, ShownText } from "./phones.ts";

/** One phone: what it got and sent, what became of each text, words to send with one tap, and a field for others. */
export function Phone({ phone, anchor, persona, optedOut, texts, quick, next, said }: ShownPhone) {
  const t = useText();
  const device = persona?.device ?? "smart";
  return (
    <section className={`phone ${device}`} id={anchor} aria-labelledby={`${anchor}-number`}>
      <h2 id={`${anchor}-number`}>
        {persona && <bdi>{persona.name} </bdi>}
        <bdi dir="ltr">{phone}</bdi>
        {optedOut && <small> ({t("sms.phones.opted_out")})</small>}
      </h2>
      {persona && <p className="meta">{t(`sms.phones.device.${device}`)}</p>}
      {texts.length === 0 ? <p>{t("sms.phones.none")}</p> : null}
      <ol className="bubbles" tabIndex={0} aria-labelledby={`${anchor}-number`}>
        {texts.map((text) => (
          <Bubble key={text.sid} {...text} plain={device === "feature"} />
        ))}
      </ol>
      {next && (
        <p className="meta">
          {t("sms.phones.next", { template: next.template })} <bdi dir="ltr">{next.at.slice(0, 16)}Z</bdi>
        </p>
      )}
      {said.length > 0 && (
        <details>
          <summary>{t("sms.phones.said")}</summary>
          {said.map((words) => (
            <p key={words} dir="auto">
              {words}
            </p>
          ))}
        </details>
      )}
      <form method="post" action="/dev/phones" className="row">
        <input type="hidden" name="phone" value={phone} />
        <input type="hidden" name="do" value="call" />
        <button name="call" value="press_1" className="quick">
          {t("sms.phones.call.press_1")}
        </button>
        <button name="call" value="leave_message" className="quick">
          {t("sms.phones.call.leave_message")}
        </button>
      </form>
      <form method="post" action="/dev/phones" className="row">
        <input type="hidden" name="phone" value={phone} />
        <input type="hidden" name="do" value="text" />
        {quick.map((words) => (
          <button key={words} name="body" value={words} className="quick" dir="auto">
            {words.length > 24 ? `${words.slice(0, 22)}…` : words}
          </button>
        ))}
      </form>
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

function Bubble({ ours, status, parts, pieces, weight, made, plain }: ShownText & { plain: boolean }) {
  const t = useText();
  return (
    <li className={ours ? "bubble ours" : "bubble"}>
      <VisuallyHidden>{t(ours ? "sms.phones.from_us" : "sms.phones.from_phone")}: </VisuallyHidden>
      {plain ? (
        // Pieces of one text are never moved between renders.
        // eslint-disable-next-line react/no-array-index-key
        pieces.map((piece, n) => <pre key={n}>{piece}</pre>)
      ) : (
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
      )}
      <small dir="ltr">
        <Dots
          items={[
            ours ? status : "",
            `${weight.encoding} ×${weight.count}`,
            weight.costly.length > 0 && weight.count > 1 ? weight.costly.slice(0, 4).join(" ") : "",
            made?.theirs ? `→ ${made.theirs}` : "",
            made?.ours ? `${made.ours.template} · ${made.ours.lane} · ${made.ours.state}` : "",
          ]}
        />
      </small>
    </li>
  );
}
