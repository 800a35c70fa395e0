import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import type { Text } from "#app/i18n/text.ts";
import { useText } from "#app/i18n/use-text.ts";
import { Button, Notice } from "#app/ui/index.ts";
import { chosenValue, type Report } from "./bulk.ts";

type Props = {
  report: Report;
  /** The list's address, to come back to. */
  to: string;
  titleOf: (code: string) => string | null;
  /** With script: takes it back here. */
  onUndo?: ((codes: string[]) => void) | undefined;
};

/** What became of each: how many are done, with the way back, and which are not and why. */
export function BulkReport({ report, to, titleOf, onUndo }: Props) {
  const t = useText();
  const { act, done, failed } = report;
  const undone = act === "undo";
  return (
    <Notice look={failed.length > 0 ? "wait" : "done"} role="status">
      {done.length > 0 && (
        <form
          method="post"
          action="/coordinate/posts/bulk"
          className="row ends"
          onSubmit={(event) => {
            if (!onUndo) return;
            event.preventDefault();
            onUndo(done);
          }}
        >
          <span>
            {t(undone ? "bulk.undone" : "bulk.done", { n: done.length })}{" "}
            {!undone && <span className="meta">{t("undo.seconds")}</span>}
          </span>
          {!undone && (
            <>
              <input type="hidden" name="act" value="undo" />
              <input type="hidden" name="to" value={to} />
              {done.map((code) => (
                <input key={code} type="hidden" name="row" value={chosenValue({ code, revision: 0 })} />
              ))}
              <Button look="plain">{t("undo.button")}</Button>
            </>
          )}
        </form>
      )}
      {done.length + failed.length === 0 && <p>{t("bulk.none")}</p>}
      {failed.length > 0 && (
        <>
          <p>{t("bulk.failed", { n: failed.length })}</p>
          <ul>
            {failed.map(({ code, problem }) => (
              <li key={code}>
                <a href={`/coordinate/posts/${code}`}>
                  <bdi>{titleOf(code) ?? code}</bdi>
                </a>
                : {whyNot(t, act, problem)}
              </li>
            ))}
          </ul>
        </>
      )}
    </Notice>
  );
}

const SAID: readonly string[] = [
  "not-found",
  "not-allowed",
  "already-closed",
  "wrong-step",
  "changed-meanwhile",
  "too-late-to-undo",
  "unavailable",
];

function whyNot(t: Text, act: string, problem: string): string {
  if (problem === "invalid-input" && act.startsWith("category:")) return t("bulk.not.category");
  if (problem === "invalid-input" && act.startsWith("group:")) return t("bulk.not.group");
  return t(`problem.${SAID.includes(problem) ? problem : "unexpected"}` as MessageId);
}
