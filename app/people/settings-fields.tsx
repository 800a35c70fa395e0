import { useText } from "#app/i18n/use-text.ts";
import { Button } from "#app/ui/index.ts";
import type { Settings } from "./settings.server.ts";
import type { Fault } from "./sign-in-pages.tsx";

/** Settings as a page gets them: moments are ISO strings. */
export type ShownSettings = Omit<Settings, "pausedUntil"> & { pausedUntil: string | null };

export type SectionProps = { settings: ShownSettings; fault?: Fault };

/** What was typed before the last press of the button, else what is saved; and the field's error in words. */
export function useFields({ fault }: Pick<SectionProps, "fault">) {
  const t = useText();
  return (name: string, saved: string) => {
    const wrong = fault?.errors[name];
    return { name, defaultValue: fault?.values[name] ?? saved, error: wrong && t(wrong) };
  };
}

export function SaveButton({ section }: { section: string }) {
  const t = useText();
  return (
    <div>
      <Button type="submit" name="section" value={section}>
        {t("web.save")}
      </Button>
    </div>
  );
}
