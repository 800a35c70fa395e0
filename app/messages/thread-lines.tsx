import { useText } from "#app/i18n/use-text.ts";
import { Button, Icon, LinkButton, Tag, UserText } from "#app/ui/index.ts";
import { FATE_LOOKS } from "./fate.ts";
import type { LineOf } from "./line.ts";

/** A line of a thread with its times in words. */
export type ShownLine = LineOf<string> & { at: string; ago: string; moment: string };

/** Every text and call in its order, theirs at the start of the line and ours at its end. */
export function ThreadLines({ id, lines }: { id: string; lines: ShownLine[] }) {
  const t = useText();
  return (
    <ol className="thread" aria-label={t("messages.thread")}>
      {lines.map((line) => (
        <li key={line.key} className={line.kind}>
          <OneLine id={id} line={line} />
        </li>
      ))}
    </ol>
  );
}

function OneLine({ id, line }: { id: string; line: ShownLine }) {
  switch (line.kind) {
    case "heard":
      return <Heard line={line} />;
    case "said":
      return <Said line={line} />;
    case "call":
      return <Called id={id} line={line} />;
    case "act":
      return <Act line={line} />;
  }
}

const When = ({ line }: { line: ShownLine }) => (
  <time className="meta" dateTime={line.at} title={line.moment}>
    {line.ago}
  </time>
);

/** What a text was taken for, where it was a command; others are words for a person. */
const FOR_PEOPLE = new Set(["inbox", "words"]);

function Heard({ line }: { line: Extract<ShownLine, { kind: "heard" }> }) {
  const t = useText();
  return (
    <>
      <div className="bubble">
        {line.words === null ? (
          <p className="meta">{t(line.ofOthers ? "messages.of_others" : "messages.erased")}</p>
        ) : (
          <UserText>{line.words}</UserText>
        )}
        {line.media > 0 && <p className="meta">{t("messages.media", { n: line.media })}</p>}
      </div>
      <span className="meta">
        {t("messages.they")} <When line={line} />
        {line.understood && !FOR_PEOPLE.has(line.understood) && <> · {t("messages.answered_by_itself")}</>}
      </span>
    </>
  );
}

function Said({ line }: { line: Extract<ShownLine, { kind: "said" }> }) {
  const t = useText();
  return (
    <>
      <div className="bubble ours">
        {line.words === null ? <p className="meta">{t("messages.erased")}</p> : <UserText>{line.words}</UserText>}
      </div>
      <span className="meta row">
        <span>
          {line.by ? <bdi>{line.by}</bdi> : t("messages.we")} <When line={line} />
        </span>
        <Tag look={FATE_LOOKS[line.fate]}>{t(`messages.fate.${line.fate}`, { when: line.goesAt ?? "" })}</Tag>
      </span>
    </>
  );
}

function Called({ id, line }: { id: string; line: Extract<ShownLine, { kind: "call" }> }) {
  const t = useText();
  const call = encodeURIComponent(line.key);
  return (
    <>
      <div className="bubble stack tight">
        <p>
          <Icon name="phone" />{" "}
          {line.seconds === null
            ? t(line.state === "text_back" ? "messages.call.text_back" : "messages.call.hung_up")
            : t("messages.call.left", { n: line.seconds })}
        </p>
        {line.seconds !== null && (
          <audio
            controls
            preload="none"
            src={`/coordinate/messages/calls/${call}/audio`}
            aria-label={t("messages.call.listen")}
          />
        )}
        {line.transcript && (
          <>
            <p className="meta">{t("messages.call.transcript")}</p>
            <UserText>{line.transcript}</UserText>
          </>
        )}
        {line.seconds !== null && !line.handled && (
          <div className="row">
            <LinkButton look="quiet" href={`/coordinate/messages/${id}/need?call=${call}`}>
              {t("messages.make_need")}
            </LinkButton>
            <form method="post">
              <input type="hidden" name="call" value={line.key} />
              <Button look="quiet" name="do" value="call_away">
                {t("messages.call.away")}
              </Button>
            </form>
          </div>
        )}
      </div>
      <span className="meta">
        {t("messages.they")} <When line={line} />
      </span>
    </>
  );
}

function Act({ line }: { line: Extract<ShownLine, { kind: "act" }> }) {
  const t = useText();
  const who = line.by ? `\u2068${line.by}\u2069` : t("messages.somebody");
  return (
    <p className="meta">
      {line.code ? (
        <a href={`/p/${line.code}`}>{t(`messages.act.${line.act}`, { who, code: line.code })}</a>
      ) : (
        t(`messages.act.${line.act}`, { who, code: "" })
      )}{" "}
      · <When line={line} />
    </p>
  );
}
