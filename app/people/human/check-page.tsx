import altcha from "altcha/external?url";
import worker from "altcha/workers/pbkdf2?url";
import { useText } from "#app/i18n/use-text.ts";
import { BackLink, Button, Notice } from "#app/ui/index.ts";

export type CheckProps = {
  /** JSON of the sum to do. */
  challenge: string;
  /** Since when they wait, signed. */
  wait: string;
  to: string;
  nonce: string | undefined;
  failed: { why: "wait" | "proof" | "full"; seconds: number } | null;
};

/** A moment's stop for browsers we are not sure about. The sum is done by itself; without scripts a minute is waited. */
export function CheckPage({ challenge, wait, to, nonce, failed }: CheckProps) {
  const t = useText();
  return (
    <div className="measure stack">
      <BackLink href="/">{t("human.back")}</BackLink>
      <h1>{t("human.title")}</h1>
      {failed && (
        <Notice look={failed.why === "wait" ? "wait" : "stop"} role="alert">
          {t(`human.failed.${failed.why}`, { n: failed.seconds })}
        </Notice>
      )}
      <p>{t("human.why")}</p>
      <form method="post" className="stack" noValidate>
        <input type="hidden" name="to" value={to} />
        <input type="hidden" name="wait" value={wait} />
        <input type="hidden" name="proof" defaultValue="" />
        <div data-challenge={challenge} data-worker={worker} role="status">
          <p data-say="working" hidden>
            {t("human.working")}
          </p>
          <p data-say="done" hidden>
            {t("human.done")}
          </p>
          <p data-say="failed" hidden>
            {t("human.sum_failed")}
          </p>
        </div>
        <noscript>
          <p>{t("human.no_script")}</p>
        </noscript>
        <Button look="quiet">{t("human.go_on")}</Button>
      </form>
      <p className="meta">{t("human.nothing_kept")}</p>
      <script type="module" nonce={nonce} src={altcha} />
      <script type="module" nonce={nonce} src="/check.js" />
    </div>
  );
}
