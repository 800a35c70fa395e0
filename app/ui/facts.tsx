import type { ReactNode } from "react";

export type Fact = { term: ReactNode; value: ReactNode };
/** `full` is what a screen reader says instead of `text`: "Change where" for "Change". It must contain `text`. */
export type ChangeLink = { href: string; text: string; full?: string };

export function DescriptionList({ items }: { items: Fact[] }) {
  return (
    <dl className="facts">
      {items.map((item, index) => (
        <div key={index}>
          <dt>{item.term}</dt>
          <dd>{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** "Is this right?": what was answered, each line with its way back to the question. */
export function SummaryList({ rows }: { rows: (Fact & { change?: ChangeLink })[] }) {
  return (
    <dl className="facts">
      {rows.map((row, index) => (
        <div key={index}>
          <dt>{row.term}</dt>
          <dd>{row.value}</dd>
          {row.change && (
            <dd>
              <a href={row.change.href} aria-label={row.change.full}>
                {row.change.text}
              </a>
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}

/** What happened, newest first. */
export function Trail({ items }: { items: { key: string; when: ReactNode; children: ReactNode }[] }) {
  return (
    <ol className="trail">
      {items.map((item) => (
        <li key={item.key}>
          <div>{item.children}</div>
          <div className="meta">{item.when}</div>
        </li>
      ))}
    </ol>
  );
}
