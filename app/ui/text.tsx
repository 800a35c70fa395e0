import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon.tsx";

/** Read aloud, not shown. */
export function VisuallyHidden({ children }: { children: ReactNode }) {
  return <span className="vh">{children}</span>;
}

/** A moment: `children` is how the reader's language says it ("5 hours ago"). */
export function TimeAgo({ at, children }: { at: Date | string; children: ReactNode }) {
  return <time dateTime={typeof at === "string" ? at : at.toISOString()}>{children}</time>;
}

/** Words a person wrote: their own direction, their own line breaks. */
export function UserText({ children }: { children: string }) {
  return (
    <p className="words" dir="auto">
      {children}
    </p>
  );
}

/** A short code to read aloud or tear off. Always left to right. */
export function TearOff({ label, code, children }: { label: ReactNode; code: string; children?: ReactNode }) {
  return (
    <div className="tear">
      <span>{label}</span>
      <strong className="code" dir="ltr">
        {code}
      </strong>
      {children}
    </div>
  );
}

/** Things said in one breath, parted by dots: "Maple Park · today · 5 hours". Empty ones are left out. */
export function Dots({ items }: { items: ReactNode[] }) {
  return (
    <span className="dots">
      {items.filter(Boolean).map((item, index) => (
        <span key={index}>{item}</span>
      ))}
    </span>
  );
}

/** More on demand. `boxed` stands in a list of several, with a picture. */
export function Disclosure(props: {
  summary: ReactNode;
  open?: boolean;
  boxed?: boolean;
  icon?: IconName;
  children: ReactNode;
}) {
  return (
    <details className={props.boxed ? "more boxed" : "more"} open={props.open}>
      <summary>
        {props.icon && <Icon name={props.icon} />}
        <span>{props.summary}</span>
      </summary>
      <div>{props.children}</div>
    </details>
  );
}
