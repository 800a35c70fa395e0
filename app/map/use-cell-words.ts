import { useText } from "#app/i18n/use-text.ts";
import { middleOf, type CountedCell } from "./cells.ts";

/** What a square is called, and how much lies in it. */
export function useCellWords() {
  const t = useText();
  const name = (cell: CountedCell & { places: string[] }) => {
    const { lat, lng } = middleOf(cell);
    const [first, second] = cell.places;
    if (first && second) return t("map.near_two", { first, second });
    return first ? t("map.near", { place: first }) : t("map.square", { spot: `${lat.toFixed(2)}, ${lng.toFixed(2)}` });
  };
  const counts = ({ needs, offers }: CountedCell) => {
    if (needs && offers) return t("map.both", { needs, offers });
    return needs ? t("map.needs", { n: needs }) : t("map.offers", { n: offers });
  };
  return {
    name,
    counts,
    full: (cell: CountedCell & { places: string[] }) => t("map.cell", { name: name(cell), counts: counts(cell) }),
  };
}
