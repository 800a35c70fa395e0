import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

/** From so many letters on it is no number but a sentence, and is written smaller. */
const LONG = 9;

/** One number with its sentence. With `href` the whole tile leads to the list it counts. */
export function Figure(props: { label: ReactNode; value: ReactNode; note?: ReactNode; href?: string; look?: "stop" }) {
  return (
    <div className={classNames("figure", props.look)}>
      <span className="meta">{props.href ? <a href={props.href}>{props.label}</a> : props.label}</span>
      <b className={typeof props.value === "string" && props.value.length > LONG ? "words" : undefined}>
        {props.value}
      </b>
      {props.note && <span className="meta">{props.note}</span>}
    </div>
  );
}

export function Figures({ children }: { children: ReactNode }) {
  return <div className="figures">{children}</div>;
}

/** How far along, in words and as a bar: `children` says "12 of 40". Drawn, because inline styles are forbidden. */
export function Progress({ value, max, children }: { value: number; max: number; children: ReactNode }) {
  const share = max > 0 ? Math.min(100, Math.max(0, Math.round((value / max) * 100))) : 0;
  return (
    <div className="meter">
      <span>{children}</span>
      <svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
        <path d={`M0 0h${share}v1H0z`} />
      </svg>
    </div>
  );
}

/** Step `current` of `total`; `children` says so in words. */
export function Steps({ current, total, children }: { current: number; total: number; children: ReactNode }) {
  return (
    <p className="steps">
      {children}
      <span aria-hidden="true">
        {Array.from({ length: total }, (_, index) => (
          <i key={index} className={index < current ? "on" : undefined} />
        ))}
      </span>
    </p>
  );
}
