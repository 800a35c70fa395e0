import { useText } from "#app/i18n/use-text.ts";

export type ShownLine = { at: string; what: string; sid: string; status: string; again: boolean };

/** What went over the wire, the latest first; a hook can be sent once more, as a provider does that heard no answer. */
export function Wire({ lines }: { lines: ShownLine[] }) {
  const t = useText();
  if (lines.length === 0) return null;
  return (
    <details>
      <summary>{t("sms.phones.wire")}</summary>
      <form method="post" action="/dev/phones">
        <input type="hidden" name="do" value="replay" />
        <table dir="ltr">
          <thead>
            <tr>
              <th scope="col">{t("sms.phones.wire.at")}</th>
              <th scope="col">{t("sms.phones.wire.what")}</th>
              <th scope="col">{t("sms.phones.wire.sid")}</th>
              <th scope="col">{t("sms.phones.wire.answer")}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {lines.map(({ at, what, sid, status, again }, n) => (
              // Lines are never inserted or moved between renders.
              // eslint-disable-next-line react/no-array-index-key
              <tr key={n}>
                <td>{at}</td>
                <td>{what}</td>
                <td>{sid.slice(0, 2) + sid.slice(-6)}</td>
                <td>{status}</td>
                <td>
                  {again && (
                    <button name="line" value={n}>
                      {t("sms.phones.wire.again")}
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </form>
    </details>
  );
}
