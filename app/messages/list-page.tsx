import type { ReactNode } from "react";
import { LOCALE_NAMES, type Locale } from "#app/i18n/locales.ts";
import { useText } from "#app/i18n/use-text.ts";
import { Button, Card, Dots, EmptyState, FilterLinks, Notice, Pager, Tag, TextField } from "#app/ui/index.ts";

/** A thread as the list shows it; times are words already. */
export type ShownThread = {
  id: string;
  name: string | null;
  digits: string | null;
  words: string | null;
  callSeconds: number | null;
  unread: boolean;
  ago: string;
  group: string | null;
  locale: Locale | null;
  stopped: boolean;
};

export type ListProps = {
  box: "unread" | "all" | "calls" | "reported";
  boxes: { box: ListProps["box"]; href: string }[];
  groups: { name: string; href: string; pressed: boolean }[];
  threads: ShownThread[];
  unread: number;
  next: string | null;
  first: string | null;
  said: "need" | "handed" | "not_found" | "paused" | "resumed" | null;
  code: string | null;
  /** The tabs of the desk. */
  nav: ReactNode;
  foot: ReactNode;
  children?: ReactNode;
};

/** The coordinators' inbox: who waits for an answer, newest first. */
export function InboxPage({ nav, foot, children, ...props }: ListProps) {
  const t = useText();
  const { box, boxes, groups, threads, unread, said } = props;
  return (
    <>
      {said && (
        <Notice look={said === "not_found" ? "wait" : "done"} role="status">
          {t(`messages.said.${said}`, { code: props.code ?? "" })}
        </Notice>
      )}
      <header>
        <h1>{t("messages.title")}</h1>
        <p className="lede">{t("messages.waiting", { n: unread })}</p>
      </header>
      {nav}
      <div className="desk-bar">
        <FilterLinks
          label={t("messages.boxes")}
          items={boxes.map((one) => ({ href: one.href, text: t(`messages.box.${one.box}`), pressed: one.box === box }))}
        />
        {groups.length > 1 && (
          <FilterLinks
            label={t("messages.group")}
            items={groups.map(({ name, ...link }) => ({ ...link, text: <bdi>{name}</bdi> }))}
          />
        )}
      </div>
      {box !== "reported" && (threads.length === 0 ? <Empty box={box} /> : <Threads {...props} />)}
      {children}
      <FindByNumber />
      {foot}
    </>
  );
}

function Threads({ threads, next, first }: Pick<ListProps, "threads" | "next" | "first">) {
  const t = useText();
  return (
    <section aria-label={t("messages.threads")}>
      <div className="stack tight threads">
        {threads.map((thread) => (
          <ThreadCard key={thread.id} {...thread} />
        ))}
      </div>
      <Pager
        label={t("messages.pages")}
        previous={first ? { href: first, text: t("messages.newest") } : null}
        next={next ? { href: next, text: t("messages.older") } : null}
      />
    </section>
  );
}

function ThreadCard({ id, name, digits, words, callSeconds, unread, ago, group, locale, stopped }: ShownThread) {
  const t = useText();
  return (
    <Card
      level={2}
      href={`/coordinate/messages/${id}`}
      look={unread ? "ask" : "quiet"}
      title={<Who name={name} digits={digits} />}
      tags={
        unread || stopped ? (
          <>
            {unread && <Tag look="ask">{t("messages.unread")}</Tag>}
            {stopped && <Tag look="stop">{t("messages.stopped.tag")}</Tag>}
          </>
        ) : undefined
      }
      meta={
        <Dots
          items={[
            ago,
            group ? <bdi key="group">{group}</bdi> : t("messages.no_group"),
            locale && (
              <bdi key="language" lang={locale}>
                {LOCALE_NAMES[locale]}
              </bdi>
            ),
          ]}
        />
      }
    >
      {callSeconds !== null ? (
        <p>{t("messages.call.left", { n: callSeconds })}</p>
      ) : (
        <p className="words" dir="auto">
          {words ?? t("messages.no_words")}
        </p>
      )}
    </Card>
  );
}

/** Whose thread it is: a name where we know one, else the end of the number. */
export function Who({ name, digits }: { name: string | null; digits: string | null }) {
  const t = useText();
  if (name) return <bdi>{name}</bdi>;
  return (
    <>{digits ? t("messages.number_ending", { digits: `\u2066…${digits}\u2069` }) : t("messages.hidden_number")}</>
  );
}

function Empty({ box }: { box: "unread" | "all" | "calls" }) {
  const t = useText();
  return <EmptyState title={t(`messages.none.${box}`)}>{t(`messages.none.${box}.more`)}</EmptyState>;
}

/** A whole number finds its thread; it is sent, not put into an address. */
function FindByNumber() {
  const t = useText();
  return (
    <form method="post" action="/coordinate/messages" noValidate className="row ends find-number">
      <input type="hidden" name="do" value="find" />
      <TextField
        name="phone"
        type="tel"
        autoComplete="off"
        label={t("messages.find")}
        hint={t("messages.find.hint")}
        maxLength={40}
      />
      <Button look="quiet">{t("messages.find.go")}</Button>
    </form>
  );
}
