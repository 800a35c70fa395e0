import { useText } from "#app/i18n/use-text.ts";
import type { SettingsFault } from "./group-settings-page.tsx";

export const settingsFieldId = (form: string, name: string): string => `${form || "new"}-${name}`;

/** The props of a field of one of the forms: what was typed before what is stored, and what is wrong with it. */
export function useSettingsFields(form: string, fault: SettingsFault | undefined) {
  const t = useText();
  return (name: string, usual: string) => ({
    id: settingsFieldId(form, name),
    name,
    defaultValue: fault?.values[name] ?? usual,
    error: fault?.errors[name] && t(fault.errors[name]),
  });
}
