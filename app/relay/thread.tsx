import type { ReactNode } from "react";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { useText } from "#app/i18n/use-text.ts";
import { Button, DescriptionList, Disclosure, Notice, Talk, TextArea, UserText } from "#app/ui/index.ts";
import type { Thread } from "./read-threads.server.ts";

/** What was typed and could not be sent, and why. */
export type ThreadFault = { words: string; message: MessageId };

type Props = {
  thread: Thread;
  /** Where its forms go. */
  action: string;
  fault?: ThreadFault;
};

/**
 * What two people say to each other about a promise, a form to say more, and the ways to share numbers or to end it.
 * Each of those opens its words first, so that no single tap does it.
 */
export function ThreadSection({ thread, action, fault }: Props) {
  const t = useText();
  const { claimId } = thread;
  const who = thread.other ?? t("relay.thread.someone");
  return (
    <section className="stack" id={`talk-${claimId}`} aria-labelledby={`with-${claimId}`}>
      <h2 id={`with-${claimId}`}>{t("relay.thread.with", { who: isolated(who) })}</h2>
      {thread.number === null && thread.open && <p className="meta">{t("relay.thread.hidden")}</p>}
      {thread.earlier > 0 && <a href={action}>{t("relay.thread.earlier", { n: thread.earlier })}</a>}
      {thread.said.length > 0 ? (
        <Talk
          items={thread.said.map(({ id, mine, words, when, at }) => ({
            key: id,
            mine,
            who: mine ? t("relay.thread.me") : who,
            when: <time dateTime={at}>{when}</time>,
            children: words,
          }))}
        />
      ) : (
        thread.open && <p>{t("relay.thread.nothing")}</p>
      )}
      {thread.open ? (
        <Ways thread={thread} action={action} fault={fault} who={who} />
      ) : (
        <Ended thread={thread} action={action} fault={fault} />
      )}
    </section>
  );
}

function Ways({ thread, action, fault, who }: Props & { who: string }) {
  const t = useText();
  return (
    <>
      <ActForm action={action}>
        <input type="hidden" name="key" value={thread.sayKey} />
        <TextArea
          name="words"
          id={`words-${thread.claimId}`}
          label={t("relay.thread.write", { who: isolated(who) })}
          hint={thread.waits ? t("relay.thread.waits") : undefined}
          rows={3}
          maxLength={1_600}
          defaultValue={fault?.words}
          error={fault && t(fault.message)}
        />
        <Button name="act" value="say">
          {t("relay.thread.send")}
        </Button>
      </ActForm>
      <Share thread={thread} action={action} who={who} />
      <Disclosure summary={t("relay.end.title")}>
        <ActForm action={action}>
          <p>{t("relay.block.words")}</p>
          <Button look="plain" name="act" value="block">
            {t("relay.block.button")}
          </Button>
          <Report />
        </ActForm>
      </Disclosure>
    </>
  );
}

function Report() {
  const t = useText();
  return (
    <>
      <p>{t("relay.report.words")}</p>
      <Button look="stop" name="act" value="report">
        {t("relay.report.button")}
      </Button>
    </>
  );
}

function Share({ thread, action, who }: Props & { who: string }) {
  const t = useText();
  if (thread.iShared && thread.theyShared) {
    if (thread.number === null) return <p>{t("relay.thread.no_number")}</p>;
    const href = thread.number.startsWith("+") ? `tel:${thread.number}` : `mailto:${encodeURIComponent(thread.number)}`;
    const link = (
      <a href={href} dir="ltr">
        {thread.number}
      </a>
    );
    return <DescriptionList items={[{ term: t("relay.thread.their_number"), value: link }]} />;
  }
  if (thread.iShared) return <p className="meta">{t("relay.share.waiting")}</p>;
  return (
    <Disclosure summary={t("relay.share.title")} open={thread.theyShared}>
      <ActForm action={action}>
        {thread.theyShared && <p>{t("relay.share.they_asked", { who: isolated(who) })}</p>}
        <p>{t("relay.share.words")}</p>
        <Button look="plain" name="act" value="share">
          {t("relay.share.button")}
        </Button>
      </ActForm>
    </Disclosure>
  );
}

/** Nothing that was typed is lost, also when the other side ended it meanwhile. */
function Ended({ thread, action, fault }: Props) {
  const t = useText();
  return (
    <>
      <Notice>{t(thread.reported ? "relay.thread.reported" : "relay.thread.ended")}</Notice>
      {fault?.words && <UserText>{fault.words}</UserText>}
      {!thread.reported && thread.said.length > 0 && (
        <Disclosure summary={t("relay.report.button")}>
          <ActForm action={action}>
            <Report />
          </ActForm>
        </Disclosure>
      )}
    </>
  );
}

function ActForm({ action, children }: { action: string; children: ReactNode }) {
  return (
    <form method="post" action={action} noValidate>
      {children}
    </form>
  );
}

/** All conversations of a post's author: one stands open, several each behind its name. */
export function Threads({ threads, action }: { threads: Thread[]; action(thread: Thread): string }) {
  const t = useText();
  if (threads.length === 1) return <ThreadSection thread={threads[0]!} action={action(threads[0]!)} />;
  return threads.slice(0, 20).map((thread) => (
    <Disclosure
      key={thread.claimId}
      boxed
      summary={t("relay.thread.with", { who: isolated(thread.other ?? t("relay.thread.someone")) })}
      open={thread.open && thread.said.length > 0}
    >
      <ThreadSection thread={thread} action={action(thread)} />
    </Disclosure>
  ));
}

/** A conversation's own page for the author who comes by the private link. */
export const authorsThreadUrl = (token: string, claimId: string) => `/m/${token}/messages?claim=${claimId}`;

/** Words somebody typed, inside a sentence of ours. */
const isolated = (words: string) => `\u2068${words}\u2069`;
