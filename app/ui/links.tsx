import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";

export type LinkItem = { href: string; text: ReactNode };

/** Filters as plain links: they work without script and can be shared. A pressed one is filled and ticked. */
export function FilterLinks({ label, items }: { label: string; items: (LinkItem & { pressed?: boolean })[] }) {
  return (
    <nav className="filters" aria-label={label}>
      {items.map((item) => (
        <a key={item.href} href={item.href} aria-current={item.pressed ? "true" : undefined}>
          {item.pressed && <Icon name="check" />}
          {item.text}
        </a>
      ))}
    </nav>
  );
}

/** The few pages of one place: which of them we are on is underlined and said. */
export function Tabs({ label, items }: { label: string; items: (LinkItem & { current?: boolean })[] }) {
  return (
    <nav className="tabs" aria-label={label}>
      {items.map((item) => (
        <a key={item.href} href={item.href} aria-current={item.current ? "page" : undefined}>
          {item.text}
        </a>
      ))}
    </nav>
  );
}

/** Steps through a long list. `children` says where we are. */
export function Pager(props: {
  label: string;
  previous?: LinkItem | null;
  next?: LinkItem | null;
  children?: ReactNode;
}) {
  if (!props.previous && !props.next) return null;
  return (
    <nav className="pager" aria-label={props.label}>
      {props.previous && (
        <a className="btn quiet" href={props.previous.href} rel="prev">
          <Icon name="back" />
          {props.previous.text}
        </a>
      )}
      {props.children && <span className="meta">{props.children}</span>}
      {props.next && (
        <a className="btn quiet" href={props.next.href} rel="next">
          {props.next.text}
          <Icon name="link" />
        </a>
      )}
    </nav>
  );
}
