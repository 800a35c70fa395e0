import { useText } from "#app/i18n/use-text.ts";
import { Button, Card } from "#app/ui/index.ts";

/** One of our numbers as it is shown: figures and times are words already. */
export type ShownSender = {
  id: string;
  address: string;
  paused: boolean;
  /** Until when, in words; null until somebody lets it go on. */
  until: string | null;
  reason: string | null;
  sentToday: string;
  cap: string | null;
  sent: number;
  sentWords: string;
  share: string;
  failed: number;
  filtered: number;
};

const WHY: Record<string, "by_hand" | "unregistered" | "full" | "refused"> = {
  by_hand: "by_hand",
  "30032": "unregistered",
  "30034": "unregistered",
  "21611": "full",
  "20003": "refused",
  "401": "refused",
  "403": "refused",
};

/** How each of our numbers does; admins pause one and let it go on. */
export function SendersPanel({ senders, mayPause }: { senders: ShownSender[]; mayPause: boolean }) {
  const t = useText();
  return (
    <section aria-labelledby="senders-title" id="senders">
      <h2 id="senders-title">{t("messages.senders")}</h2>
      {senders.length === 0 ? (
        <p>{t("messages.senders.none")}</p>
      ) : (
        <div className="cards">
          {senders.map((sender) => (
            <Sender key={sender.id} sender={sender} mayPause={mayPause} />
          ))}
        </div>
      )}
      <p>
        <a href="/coordinate#undelivered-title">{t("messages.senders.undelivered")}</a>
      </p>
    </section>
  );
}

function Sender({ sender, mayPause }: { sender: ShownSender; mayPause: boolean }) {
  const t = useText();
  const { address, sentToday, cap, sent, sentWords, share, failed, filtered, paused } = sender;
  return (
    <Card
      level={3}
      look={paused ? "ask" : "quiet"}
      title={<bdi dir="ltr">{address}</bdi>}
      footer={mayPause && <PauseForm {...sender} />}
    >
      <State {...sender} />
      <p>
        {t("messages.senders.today")}:{" "}
        {cap
          ? t("messages.senders.of_cap", { sent: sentToday, cap })
          : t("messages.senders.no_cap", { sent: sentToday })}
      </p>
      <p>
        {t("messages.senders.arrived")}:{" "}
        {sent === 0 ? t("messages.senders.nothing_sent") : t("messages.senders.share", { share, sent: sentWords })}
        {sent > 0 && <span className="meta"> {t("messages.senders.failed", { n: failed, filtered })}</span>}
      </p>
    </Card>
  );
}

function State({ paused, until, reason }: ShownSender) {
  const t = useText();
  if (!paused) return <p>{t("messages.senders.sends")}</p>;
  return (
    <p>
      <strong>{until ? t("messages.senders.paused_until", { when: until }) : t("messages.senders.paused")}</strong>
      {reason && (
        <>
          <br />
          {t(`messages.senders.why.${WHY[reason] ?? "other"}`, { code: reason })}
        </>
      )}
    </p>
  );
}

function PauseForm({ id, address, paused }: ShownSender) {
  const t = useText();
  const act = paused ? "resume" : "pause";
  const number = `\u2066${address}\u2069`;
  return (
    <form method="post" action="/coordinate/messages" className="row">
      <input type="hidden" name="sender" value={id} />
      <Button look="quiet" name="do" value={act} aria-label={t(`messages.senders.${act}_one`, { number })}>
        {t(`messages.senders.${act}`)}
      </Button>
    </form>
  );
}
