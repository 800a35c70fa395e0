import { useText } from "#app/i18n/use-text.ts";
import { Button, Notice } from "#app/ui/index.ts";
import type { LastAct, Undoable } from "./undo.ts";

const WORDS = {
  "post.closed": "undo.post_closed",
  "post.approved": "undo.post_approved",
  "post.reopened": "undo.post_reopened",
  "post.edited": "undo.post_edited",
  "post.split": "undo.post_split",
  "post.sent_on": "undo.post_sent_on",
  "post.merged": "undo.post_merged",
  "need.asked_again": "undo.need_asked_again",
  "claim.released": "undo.claim_released",
  "claim.reassigned": "undo.claim_reassigned",
  "claim.nudged": "undo.claim_nudged",
} as const satisfies Record<Undoable, string>;

/** What was done just now, with the way back. `to`: the page to come back to. */
export function UndoNotice({ act, undone, to }: { act: LastAct | null; undone: boolean; to: string }) {
  const t = useText();
  if (!act)
    return undone ? (
      <Notice look="done" role="status">
        {t("undo.undone")}
      </Notice>
    ) : null;
  return (
    <Notice look="done" role="status">
      <form method="post" action="/coordinate/undo" className="row ends">
        <span>
          {t(WORDS[act.type], { title: act.title })} <span className="meta">{t("undo.seconds")}</span>
        </span>
        <input type="hidden" name="event" value={act.eventId} />
        <input type="hidden" name="to" value={to} />
        <Button look="plain">{t("undo.button")}</Button>
      </form>
    </Notice>
  );
}
