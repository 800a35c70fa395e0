import { useEffect, useSyncExternalStore } from "react";

const KEPT_AS = "manyhands-keys";

const isOn = () => window.localStorage.getItem(KEPT_AS) !== "off";
/** Another window of this browser may switch them, too. */
function watch(changed: () => void): () => void {
  for (const type of [KEPT_AS, "storage"]) window.addEventListener(type, changed);
  return () => {
    for (const type of [KEPT_AS, "storage"]) window.removeEventListener(type, changed);
  };
}

/**
 * Keys for the table: j and k go to the next post and the one before, x chooses it, ? opens the list of keys. They do nothing while
 * somebody types, with Ctrl, Alt or Meta held, or where they were switched off, which this browser remembers.
 */
export function useKeys(): { on: boolean; turn: (on: boolean) => void } {
  const on = useSyncExternalStore(watch, isOn, () => true);
  useEffect(() => {
    if (!on) return;
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || isTyping(event.target)) return;
      const act = ACTS[event.key];
      if (act?.()) event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [on]);
  const turn = (wanted: boolean) => {
    window.localStorage.setItem(KEPT_AS, wanted ? "on" : "off");
    window.dispatchEvent(new Event(KEPT_AS));
  };
  return { on, turn };
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest("textarea, select, [contenteditable], input:not([type=checkbox])") !== null;

const rows = () => [...document.querySelectorAll<HTMLElement>("#posts tbody tr")];
const here = () => rows().findIndex((row) => row.contains(document.activeElement));

function go(by: number): boolean {
  const all = rows();
  const at = Math.min(all.length - 1, Math.max(0, here() + by));
  const link = all[at]?.querySelector<HTMLElement>("th a");
  link?.focus();
  return link !== null && link !== undefined;
}

/** @returns whether the key was for us */
const ACTS: Record<string, () => boolean> = {
  j: () => go(1),
  k: () => go(-1),
  x: () => {
    const box = rows()[here()]?.querySelector<HTMLInputElement>("input[name=row]");
    box?.click();
    return box !== null && box !== undefined;
  },
  "?": () => {
    const keys = document.querySelector("#keys")?.closest("details");
    if (!keys) return false;
    keys.open = true;
    keys.querySelector<HTMLElement>("summary")?.focus();
    return true;
  },
};
