import { useText } from "#app/i18n/use-text.ts";
import { TRAP } from "./trap.ts";

/** A field that people neither see nor reach, and programs that fill in every field do: what has it filled in is not kept. */
export function Trap() {
  const t = useText();
  return (
    <p className="vh" aria-hidden="true">
      <label>
        {t("human.trap")} <input type="text" name={TRAP} tabIndex={-1} autoComplete="off" defaultValue="" />
      </label>
    </p>
  );
}
