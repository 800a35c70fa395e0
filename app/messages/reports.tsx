import { useText } from "#app/i18n/use-text.ts";
import { BackLink, Card, Dots, EmptyState, Notice, Tag, UserText } from "#app/ui/index.ts";

type Side = "author" | "claimer";
export type ShownReport = {
  id: string;
  code: string;
  title: string;
  by: Side | null;
  ago: string;
  read: string | null;
};

/** What people said to each other and one of them asked us to look at; without its words. */
export function Reports({ reports }: { reports: ShownReport[] }) {
  const t = useText();
  if (reports.length === 0)
    return <EmptyState title={t("messages.none.reported")}>{t("messages.none.reported.more")}</EmptyState>;
  return (
    <section aria-label={t("messages.box.reported")} className="stack tight">
      {reports.map(({ id, code, title, by, ago, read }) => (
        <Card
          key={id}
          level={2}
          href={`/coordinate/messages/reports/${id}`}
          look={read ? "quiet" : "ask"}
          title={<bdi>{title}</bdi>}
          tags={
            <Tag look={read ? "gone" : "ask"}>
              {read ? t("messages.reports.read", { ago: read }) : t("messages.reports.new")}
            </Tag>
          }
          meta={<Dots items={[code, t(`messages.reports.by.${by ?? "nobody"}`), ago]} />}
        />
      ))}
    </section>
  );
}

export type ReportProps = Omit<ShownReport, "read"> & {
  sides: Record<Side, string | null>;
  said: { id: string; side: Side; words: string | null; at: string; moment: string }[];
};

/** A reported conversation, word for word. */
export function ReportPage({ code, title, by, ago, sides, said }: ReportProps) {
  const t = useText();
  return (
    <>
      <BackLink href="/coordinate/messages?box=reported">{t("messages.box.reported")}</BackLink>
      <h1>
        <bdi>{title}</bdi>
      </h1>
      <p className="meta">
        <Dots items={[code, t(`messages.reports.by.${by ?? "nobody"}`), ago]} />
      </p>
      <Notice>{t("messages.reports.recorded")}</Notice>
      {said.length === 0 ? (
        <p>{t("messages.reports.nothing")}</p>
      ) : (
        <ol className="thread" aria-label={t("messages.reports.title")}>
          {said.map(({ id, side, words, at, moment }) => (
            <li key={id} className={side === "author" ? "heard" : "said"}>
              <div className={side === "author" ? "bubble" : "bubble ours"}>
                {words === null ? <p className="meta">{t("messages.erased")}</p> : <UserText>{words}</UserText>}
              </div>
              <span className="meta">
                <Dots
                  items={[
                    sides[side] && <bdi key="name">{sides[side]}</bdi>,
                    t(`messages.reports.side.${side}`),
                    <time key="at" dateTime={at}>
                      {moment}
                    </time>,
                  ]}
                />
              </span>
            </li>
          ))}
        </ol>
      )}
      <p>
        <a href={`/p/${code}`}>{t("messages.reports.to_post")}</a>
      </p>
    </>
  );
}
