import type { ReactNode } from "react";
import { useText } from "#app/i18n/use-text.ts";
import { Card, Dots, EmptyState, LinkButton, Tag, type TagLook } from "#app/ui/index.ts";
import type { BroadcastState } from "./broadcast.ts";

type Listed = {
  id: string;
  groupName: string | null;
  words: string | null;
  state: BroadcastState;
  recipients: number;
  yours: boolean;
  on: string;
};

export const STATE_LOOKS: Record<BroadcastState, TagLook> = {
  draft: "gone",
  waiting: "wait",
  sending: "info",
  paused: "wait",
  stopped: "stop",
  sent: "offer",
};

/** Every broadcast of somebody's groups: what needs a hand first. */
export function BroadcastsPage({ broadcasts, children }: { broadcasts: Listed[]; children: ReactNode }) {
  const t = useText();
  const write = <LinkButton href="/coordinate/broadcasts/new">{t("broadcasts.new")}</LinkButton>;
  return (
    <div className="stack">
      <h1>{t("broadcasts.title")}</h1>
      {children}
      <p className="lede">{t("broadcasts.intro")}</p>
      {broadcasts.length === 0 ? (
        <EmptyState title={t("broadcasts.none")} action={write}>
          {t("broadcasts.none.more")}
        </EmptyState>
      ) : (
        <>
          <p className="row">{write}</p>
          <div className="cards">
            {broadcasts.map((one) => (
              <Listing key={one.id} {...one} />
            ))}
          </div>
        </>
      )}
    </div>
  );
}

function Listing({ id, groupName, words, state, recipients, yours, on }: Listed) {
  const t = useText();
  const to = t("broadcasts.to", { everybody: groupName === null ? "yes" : "no", group: groupName ?? "" });
  const people = recipients > 0 && t("broadcasts.people", { n: recipients });
  return (
    <Card
      level={2}
      href={`/coordinate/broadcasts/${id}`}
      look={yours ? "ask" : undefined}
      title={<bdi>{words ?? t("broadcasts.no_words")}</bdi>}
      tags={
        <Tag look={yours ? "ask" : STATE_LOOKS[state]}>
          {yours ? t("broadcasts.yours") : t(`broadcasts.state.${state}`)}
        </Tag>
      }
      meta={<Dots items={[<bdi key="to">{to}</bdi>, people, on]} />}
    />
  );
}
