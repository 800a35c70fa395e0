import { useText } from "#app/i18n/use-text.ts";
import { Button, NumberField, TextArea, TextField } from "#app/ui/index.ts";
import type { SettingsFault } from "./group-settings-page.tsx";
import { WELCOME_LETTERS, type GroupSettings } from "./settings.ts";
import { useSettingsFields } from "./use-settings-fields.ts";

/** When a group is quiet, what it tells who joins, which words lead to it, how long it keeps contacts. */
export function HabitsForm({ settings, fault }: { settings: GroupSettings; fault: SettingsFault | undefined }) {
  const t = useText();
  const { habits } = settings;
  const field = useSettingsFields("habits", fault);
  const shown = (n: number | null) => (n === null ? "" : String(n));
  return (
    <form method="post" noValidate className="measure stack">
      <h2>{t("habits.title")}</h2>
      <TextArea
        {...field("welcome", habits.welcome)}
        label={t("habits.welcome")}
        hint={t("habits.welcome.hint", { n: WELCOME_LETTERS })}
        optional={t("posts.optional")}
        rows={3}
        maxLength={WELCOME_LETTERS}
      />
      <TextField
        {...field("keywords", habits.keywords.join(", "))}
        label={t("habits.keywords")}
        hint={t("habits.keywords.hint")}
        optional={t("posts.optional")}
        maxLength={200}
      />
      <p className="hint">{t("habits.quiet")}</p>
      <div className="row">
        <NumberField
          {...field("quietFrom", shown(habits.quietFrom))}
          label={t("habits.from")}
          optional={t("posts.optional")}
        />
        <NumberField
          {...field("quietTo", shown(habits.quietTo))}
          label={t("habits.to")}
          optional={t("posts.optional")}
        />
      </div>
      <NumberField
        {...field("retentionDays", shown(habits.retentionDays))}
        label={t("habits.retention")}
        hint={t("habits.retention.hint")}
      />
      <div className="row">
        <Button name="act" value="habits">
          {t("acts.save")}
        </Button>
      </div>
    </form>
  );
}
