import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";

/** A table in a box of its own that scrolls sideways, so the page never does. `children` is thead and tbody. */
export function DataTable(props: { id: string; caption: ReactNode; hideCaption?: boolean; children: ReactNode }) {
  const captionId = `${props.id}-caption`;
  return (
    <div className="scroll" role="region" aria-labelledby={captionId} tabIndex={0}>
      <table id={props.id}>
        <caption id={captionId} className={props.hideCaption ? "vh" : undefined}>
          {props.caption}
        </caption>
        {props.children}
      </table>
    </div>
  );
}

export type Sort = { href: string; direction?: "ascending" | "descending" };

/** A column's head. With `sort` it is a link; `direction` is set on the column the table is sorted by. */
export function ColumnHead({ number, sort, children }: { number?: boolean; sort?: Sort; children: ReactNode }) {
  return (
    <th scope="col" className={classNames(number && "n") || undefined} aria-sort={sort?.direction}>
      {sort ? (
        <a href={sort.href}>
          {children}
          {sort.direction && <Icon name={sort.direction === "ascending" ? "up" : "down"} />}
        </a>
      ) : (
        children
      )}
    </th>
  );
}
