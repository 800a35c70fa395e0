import { useText } from "#app/i18n/use-text.ts";
import { Button, Disclosure, TextField } from "#app/ui/index.ts";

/** Any other day than the next ones. */
export function DayForm({ group, day }: { group: string; day: string }) {
  const t = useText();
  return (
    <Disclosure summary={t("matching.plan.other_day")}>
      <form method="get" className="row ends">
        <input type="hidden" name="group" value={group} />
        <TextField type="date" name="day" size="half" label={t("matching.plan.day")} defaultValue={day} />
        <Button look="quiet">{t("matching.plan.show_day")}</Button>
      </form>
    </Disclosure>
  );
}
