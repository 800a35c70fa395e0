import { useText } from "#app/i18n/use-text.ts";
import { Disclosure } from "#app/ui/index.ts";
import { useKeys } from "../use-keys.ts";

const KEYS = ["j", "k", "x", "enter", "help"] as const;
const SHOWN = { j: "j", k: "k", x: "x", enter: "Enter", help: "?" } as const;

/** Which keys do what, and a switch for them: who speaks to their machine would press them by talking. */
export function KeysHelp() {
  const t = useText();
  const { on, turn } = useKeys();
  return (
    <Disclosure summary={t("bulk.keys")}>
      <dl id="keys" className="keys">
        {KEYS.map((key) => (
          <div key={key}>
            <dt>
              <kbd>{SHOWN[key]}</kbd>
            </dt>
            <dd>{t(`bulk.keys.${key}`)}</dd>
          </div>
        ))}
      </dl>
      <label className="choice">
        <input type="checkbox" checked={on} onChange={(event) => turn(event.currentTarget.checked)} />
        <span>{t("bulk.keys.on")}</span>
      </label>
    </Disclosure>
  );
}
