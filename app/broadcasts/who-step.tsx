import { useState, type FormEvent } from "react";
import { useText } from "#app/i18n/use-text.ts";
import { Button, CheckboxField, CheckboxGroup, SelectField } from "#app/ui/index.ts";
import { AudienceLine } from "./audience-line.tsx";
import { nearValue, WITHIN_KM } from "./audience.ts";
import type { WhoData } from "./composer.server.ts";
import { useLiveCount } from "./use-live-count.ts";

const ROLES = ["any", "volunteer", "coordinator"] as const;

/** Who gets it: the fields, and what they come to as a sentence that follows them. */
export function WhoStep({ data }: { data: WhoData }) {
  const t = useText();
  const { audience, choices } = data;
  const live = useLiveCount(data);
  const [groupId, setGroup] = useState(data.groupId ?? "");
  const changed = (event: FormEvent<HTMLFormElement>) => {
    const form = event.currentTarget;
    setGroup(String(new FormData(form).get("group") ?? ""));
    live.count(form);
  };
  const categories = choices.groups.find(({ id }) => id === groupId)?.categories ?? [];
  const near = audience.near;
  const areas = [
    ...(near && !choices.areas.some((area) => nearValue(area) === nearValue(near)) ? [near] : []),
    ...choices.areas,
  ];
  return (
    <form method="post" className="side" onChange={changed}>
      <input type="hidden" name="id" value={data.id} />
      <div className="stack">
        <SelectField
          name="group"
          label={t("broadcasts.who.group")}
          defaultValue={data.groupId ?? ""}
          blank={choices.everybody ? t("broadcasts.who.everybody") : undefined}
          options={choices.groups.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <SelectField
          name="role"
          label={t("broadcasts.who.role")}
          defaultValue={audience.role}
          options={ROLES.map((role) => ({ value: role, label: t(`broadcasts.who.role.${role}`) }))}
        />
        <SelectField
          name="speaks"
          label={t("broadcasts.who.speaks")}
          defaultValue={audience.speaks ?? ""}
          blank={t("broadcasts.who.speaks.any")}
          options={choices.languages.map(({ code, name }) => ({ value: code, label: name }))}
        />
        {areas.length > 0 && (
          <div className="near">
            <SelectField
              name="near"
              label={t("broadcasts.who.near")}
              hint={t("broadcasts.who.near.hint")}
              defaultValue={near ? nearValue(near) : ""}
              blank={t("broadcasts.who.near.any")}
              options={areas.map((area) => ({ value: nearValue(area), label: area.place }))}
            />
            <SelectField
              name="km"
              label={t("broadcasts.who.km")}
              defaultValue={String(near?.km ?? 5)}
              options={WITHIN_KM.map((n) => ({ value: String(n), label: t("broadcasts.who.km.n", { n }) }))}
            />
          </div>
        )}
        {categories.length > 0 && (
          <CheckboxGroup
            key={groupId}
            name="categories"
            legend={t("broadcasts.who.topics")}
            hint={t("broadcasts.who.topics.hint")}
            columns={2}
            defaultValue={audience.categories}
            options={categories.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        <CheckboxField
          name="alerts"
          label={t("broadcasts.who.alerts")}
          hint={t("broadcasts.who.alerts.hint")}
          defaultChecked={audience.alertsOnly}
        />
      </div>
      <div className="stack tight counted">
        <AudienceLine sentence={live.sentence} count={live.counted} busy={live.busy} />
        <div className="row">
          <Button type="submit" name="do" value="who">
            {t("broadcasts.next")}
          </Button>
          <Button type="submit" look="quiet" name="do" value="count">
            {t("broadcasts.who.count")}
          </Button>
        </div>
      </div>
    </form>
  );
}
