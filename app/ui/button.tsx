import type { ComponentPropsWithoutRef, ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { Icon, type IconName } from "./icon.tsx";

export type ButtonLook = "act" | "ask" | "offer" | "plain" | "stop" | "quiet";
type Look = { look?: ButtonLook; wide?: boolean; icon?: IconName; children: ReactNode };

const classOf = ({ look = "act", wide }: Pick<Look, "look" | "wide">) =>
  classNames("btn", look !== "act" && look, wide && "wide");

export function Button({ look, wide, icon, children, ...rest }: Look & ComponentPropsWithoutRef<"button">) {
  return (
    <button {...rest} className={classOf({ look, wide })}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

export function LinkButton({ look, wide, icon, children, ...rest }: Look & ComponentPropsWithoutRef<"a">) {
  return (
    <a {...rest} className={classOf({ look, wide })}>
      {icon && <Icon name={icon} />}
      {children}
    </a>
  );
}

/** One of the two big blocks people meet first. `children` is the line under the title. */
export function PosterLink(props: {
  look: "ask" | "offer";
  href: string;
  title: string;
  icon?: IconName;
  children?: ReactNode;
}) {
  return (
    <a className={`poster ${props.look}`} href={props.href}>
      <span>{props.title}</span>
      {props.icon && <Icon name={props.icon} />}
      {props.children && <small>{props.children}</small>}
    </a>
  );
}

export function BackLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a className="back" href={href}>
      <Icon name="back" />
      {children}
    </a>
  );
}
