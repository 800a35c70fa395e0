import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

export type TalkLine = { key: string; mine: boolean; who: ReactNode; when: ReactNode; children: string };

/** What two people said to each other, oldest first; the reader's own lines stand at the end side. */
export function Talk({ items }: { items: TalkLine[] }) {
  return (
    <ol className="talk">
      {items.map(({ key, mine, who, when, children }) => (
        <li key={key} className={classNames(mine && "mine")}>
          <p className="words" dir="auto">
            {children}
          </p>
          <p className="meta">
            <bdi>{who}</bdi> · {when}
          </p>
        </li>
      ))}
    </ol>
  );
}
