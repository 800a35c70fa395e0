import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { Icon, type IconName } from "./icon.tsx";

export type TagLook = "ask" | "offer" | "match" | "info" | "wait" | "stop" | "gone";

/** A short fact about a thing. Colour is never alone: the word says it, an icon may repeat it. */
export function Tag({ look, icon, children }: { look?: TagLook; icon?: IconName; children: ReactNode }) {
  return (
    <span className={classNames("tag", look)}>
      {icon && <Icon name={icon} />}
      {children}
    </span>
  );
}

/** A filled printer's label: what kind of thing this is. */
export function Label({ look, icon, children }: { look?: "ask" | "offer"; icon?: IconName; children: ReactNode }) {
  return (
    <span className={classNames("label", look)}>
      {icon && <Icon name={icon} />}
      {children}
    </span>
  );
}

/** Where a thing stands, from "nobody yet" to "finished". */
const STATUS = {
  open: ["ask", "open"],
  part: ["match", "part"],
  taken: ["match", "full"],
  moving: ["info", "moving"],
  done: ["offer", "check"],
  back: ["wait", "loop"],
  wait: ["wait", "bang"],
  late: ["stop", "clock"],
  stop: ["stop", "cross"],
  gone: ["gone", "dash"],
} as const satisfies Record<string, readonly [TagLook, IconName]>;

export type Status = keyof typeof STATUS;

export function StatusChip({ status, children }: { status: Status; children: ReactNode }) {
  const [look, icon] = STATUS[status];
  return (
    <Tag look={look} icon={icon}>
      {children}
    </Tag>
  );
}
