import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

/**
 * A notice on the board. With `href` the title is a link that the whole card answers to; what stands in `footer` stays
 * pressable on its own. `level` is the heading's rank on the page.
 */
export function Card(props: {
  title?: ReactNode;
  href?: string;
  look?: "ask" | "offer" | "quiet";
  level?: 2 | 3;
  tags?: ReactNode;
  meta?: ReactNode;
  footer?: ReactNode;
  id?: string;
  children?: ReactNode;
}) {
  const Heading = props.level === 3 ? "h3" : "h2";
  return (
    <article className={classNames("card", props.look, props.href && "whole")} id={props.id}>
      {props.tags && <div className="tags">{props.tags}</div>}
      {props.title && <Heading>{props.href ? <a href={props.href}>{props.title}</a> : props.title}</Heading>}
      {props.meta && <div className="meta">{props.meta}</div>}
      {props.children}
      {props.footer && <div className="row foot-row">{props.footer}</div>}
    </article>
  );
}
