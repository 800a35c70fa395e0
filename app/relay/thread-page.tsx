import { useText } from "#app/i18n/use-text.ts";
import { BackLink, ErrorSummary } from "#app/ui/index.ts";
import type { Thread } from "./read-threads.server.ts";
import { ThreadSection, type ThreadFault } from "./thread.tsx";

/** One conversation by itself: all of it, and where a form that could not be sent comes back to. */
export function ThreadPage(props: { thread: Thread; action: string; back: string; fault?: ThreadFault }) {
  const t = useText();
  const { thread, action, back, fault } = props;
  return (
    <div className="stack">
      <ErrorSummary
        title={t("web.errors")}
        errors={fault ? [{ field: `words-${thread.claimId}`, message: t(fault.message) }] : []}
      />
      <BackLink href={back}>{t("relay.back")}</BackLink>
      <h1>
        <bdi>{thread.title}</bdi>
      </h1>
      <ThreadSection thread={thread} action={action} fault={fault} />
    </div>
  );
}
