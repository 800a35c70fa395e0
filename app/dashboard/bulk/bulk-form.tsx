import { useSyncExternalStore, type FormEvent, type ReactNode } from "react";
import type { PostRow } from "../post-list.ts";
import type { Choosing } from "../posts-table.tsx";
import { BulkBar, type BulkChoices } from "./bulk-bar.tsx";
import { BulkReport } from "./bulk-report.tsx";
import type { Report } from "./bulk.ts";
import { useBulk } from "./use-bulk.ts";

type Props = {
  choices: BulkChoices;
  rows: readonly PostRow[];
  /** Told of posts that were changed, a portion at a time. */
  touched: (codes: string[]) => void;
  /** What was done by the form that led here, where there is no script. */
  report: Report | null;
  /** The list's own address. */
  to: string;
  children: (choosing: Choosing) => ReactNode;
};

/* Whether script runs here: never on the server, always in a browser once it has taken over. */
const NEVER = () => () => undefined;
const YES = () => true;
const NO = () => false;

/** The table in a form: without script the boxes and the bar are one POST of a page; with it, portions and a running count. */
export function BulkForm({ choices, rows, touched, report, to, children }: Props) {
  const bulk = useBulk(touched);
  const script = useSyncExternalStore(NEVER, YES, NO);
  const titleOf = (code: string) => rows.find((row) => row.code === code)?.title ?? null;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const chosen = [...bulk.chosen].map(([code, revision]) => ({ code, revision }));
    if (chosen.length > 0) void bulk.run(String(form.get("act")), form.get("agreed") === "yes", chosen);
  };
  const undo = (codes: string[]) =>
    void bulk.run(
      "undo",
      false,
      codes.map((code) => ({ code, revision: 0 })),
    );
  const said = bulk.report ?? (script && bulk.progress ? null : report);
  return (
    <>
      {said && <BulkReport report={said} to={to} titleOf={titleOf} onUndo={script ? undo : undefined} />}
      <form method="post" action="/coordinate/posts/bulk" className="bulk" onSubmit={submit}>
        <input type="hidden" name="to" value={to} />
        {children({ chosen: bulk.chosen, choose: bulk.choose })}
        {rows.length > 0 && (
          <BulkBar
            choices={choices}
            chosen={script ? bulk.chosen.size : null}
            progress={bulk.progress}
            onClear={bulk.clear}
          />
        )}
      </form>
    </>
  );
}
