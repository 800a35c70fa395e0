import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { Icon, type IconName } from "./icon.tsx";

const ICONS = { info: "info", done: "check", wait: "bang", stop: "bang" } as const satisfies Record<string, IconName>;

/** Something the reader should know now. Give `role="status"` to one that answers what they just did. */
export function Notice(props: {
  look?: keyof typeof ICONS;
  title?: ReactNode;
  role?: "status" | "alert";
  id?: string;
  children?: ReactNode;
}) {
  const look = props.look ?? "info";
  return (
    <div className={classNames("notice", look !== "info" && look)} role={props.role} id={props.id}>
      <Icon name={ICONS[look]} />
      <div>
        {props.title && <strong>{props.title}</strong>}
        {props.title && props.children ? <div>{props.children}</div> : props.children}
      </div>
    </div>
  );
}

/** Nothing here, said kindly, with a next step. */
export function EmptyState({
  title,
  action,
  children,
}: {
  title: ReactNode;
  action?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="empty">
      <h2>{title}</h2>
      {children && <div>{children}</div>}
      {action}
    </div>
  );
}
