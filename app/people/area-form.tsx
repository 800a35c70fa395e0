import { useText } from "#app/i18n/use-text.ts";
import { SelectField, TextField } from "#app/ui/index.ts";
import { SaveButton, useFields, type SectionProps } from "./settings-fields.tsx";

export type Place = { name: string; lat: number; lng: number };

const valueOf = ({ lat, lng }: { lat: number; lng: number }) => `${lat}, ${lng}`;

/** Where I usually am, so that needs nearby reach me first: a place of the list, or coordinates. Kept as a grid cell. */
export function AreaForm({ settings: { area }, places, fault }: SectionProps & { places: Place[] }) {
  const t = useText();
  const field = useFields({ fault });
  const options = places.map((place) => ({ value: valueOf(place), label: place.name }));
  const saved = area ? valueOf(area) : "";
  const known = options.some(({ value }) => value === saved);
  return (
    <form method="post" className="stack" id="area" noValidate>
      <h2>{t("people.area.title")}</h2>
      <p>{t("people.area.intro")}</p>
      <SelectField
        {...field("place", saved)}
        size="half"
        label={t("people.area.place")}
        blank={t("people.area.none")}
        options={
          area && !known ? [{ value: saved, label: t("people.area.saved", { spot: saved }) }, ...options] : options
        }
      />
      <TextField
        {...field("spot", "")}
        size="half"
        dir="ltr"
        maxLength={60}
        label={t("people.area.spot")}
        hint={t("people.area.spot.hint")}
        optional={t("web.optional")}
      />
      <SaveButton section="area" />
    </form>
  );
}
