import type { Text } from "#app/i18n/text.ts";
import { useText } from "#app/i18n/use-text.ts";
import { Button, CheckboxField, Progress, SelectField } from "#app/ui/index.ts";
import { CLOSE_REASONS, URGENCIES } from "./bulk.ts";

export type BulkChoices = {
  categories: { id: string; name: string; group: string }[];
  /** Groups that posts can be sent to: all there are. */
  groups: { slug: string; name: string }[];
};
type Props = {
  choices: BulkChoices;
  /** Null while there is no script: then the bar is always there. */
  chosen: number | null;
  progress: { done: number; total: number } | null;
  onClear: () => void;
};

/** What can be done to the chosen posts; stays at the foot of the window, so that no row moves when it comes. */
export function BulkBar({ choices, chosen, progress, onClear }: Props) {
  const t = useText();
  if (chosen === 0 && !progress) return null;
  if (progress)
    return (
      <div className="bulk-bar" role="status">
        <Progress value={progress.done} max={progress.total}>
          {t("bulk.progress", progress)}
        </Progress>
      </div>
    );
  return (
    <div className="bulk-bar">
      {chosen !== null && (
        <p role="status">
          <b>{t("bulk.chosen", { n: chosen })}</b>
        </p>
      )}
      <SelectField
        name="act"
        id="bulk-act"
        label={t("bulk.act")}
        blank={t("bulk.act.pick")}
        options={actOptions(t, choices)}
        required
      />
      <CheckboxField name="agreed" id="bulk-agreed" value="yes" label={t("bulk.agreed")} />
      <Button>{t("bulk.do")}</Button>
      {chosen !== null && (
        <Button type="button" look="quiet" onClick={onClear}>
          {t("bulk.clear")}
        </Button>
      )}
    </div>
  );
}

const actOptions = (t: Text, { categories, groups }: BulkChoices) => [
  { value: "approve", label: t("bulk.act.approve") },
  ...CLOSE_REASONS.map((reason) => ({
    value: `close:${reason}`,
    label: t("bulk.act.close", { reason: t(`dashboard.state.${reason}`) }),
  })),
  ...URGENCIES.map((urgency) => ({
    value: `urgency:${urgency}`,
    label: t("bulk.act.urgency", { urgency: t(`dashboard.urgency.${urgency}`) }),
  })),
  ...categories.map(({ id, name, group }) => ({
    value: `category:${id}`,
    label: t("bulk.act.category", { name, group }),
  })),
  ...groups.map(({ slug, name }) => ({ value: `group:${slug}`, label: t("bulk.act.group", { name }) })),
];
