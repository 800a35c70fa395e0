import library from "../../../node_modules/@simplewebauthn/browser/dist/bundle/index.umd.min.js?url";
import { useText } from "#app/i18n/use-text.ts";
import { Button } from "#app/ui/index.ts";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";

export type PasskeyAsked = {
  /** JSON of what the browser is asked. */
  asked: string;
  nonce: string | undefined;
};

/** One button, which has the device ask its owner. Without scripts a browser cannot do it, and the form says so. */
export function PasskeyForm({ asked, nonce, act, label }: PasskeyAsked & { act: "make" | "use"; label: MessageId }) {
  const t = useText();
  return (
    <form method="post" className="stack tight" noValidate>
      <input type="hidden" name="act" value="passkey" />
      <input type="hidden" name="passkey" defaultValue="" />
      <div id="passkey" data-passkey={asked} data-act={act} role="status">
        <p data-say="waiting" hidden>
          {t("steps.passkey.waiting")}
        </p>
        <p data-say="failed" hidden>
          {t("steps.passkey.failed")}
        </p>
        <p data-say="missing" hidden>
          {t("steps.passkey.missing")}
        </p>
      </div>
      <div className="row">
        <Button type="submit" icon="lock" disabled>
          {t(label)}
        </Button>
      </div>
      <noscript>
        <p>{t("steps.passkey.no_script")}</p>
      </noscript>
      <script nonce={nonce} src={library} defer />
      <script type="module" nonce={nonce} src="/passkey.js" />
    </form>
  );
}
