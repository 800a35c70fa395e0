import type { Text } from "#app/i18n/text.ts";
import { useText } from "#app/i18n/use-text.ts";
import { Notice } from "#app/ui/index.ts";
import { seenOf, type Desk, type DeskFault, type DeskSeen } from "./desk.ts";

const NAMES = {
  state: "acts.conflict.state",
  title: "posts.what.words",
  details: "posts.what.more",
  quantity: "posts.what.quantity",
  left: "acts.conflict.left",
  urgency: "dashboard.col.urgency",
  place: "dashboard.col.place",
  visibility: "posts.check.who",
} as const satisfies Record<keyof DeskSeen, string>;

/** Somebody was quicker: what whoever pressed had seen, or typed, beside what stands there now. Nothing was done. */
export function Conflict({ desk, fault }: { desk: Desk; fault: DeskFault }) {
  const t = useText();
  const now = seenOf(desk);
  const changed = (Object.keys(NAMES) as (keyof DeskSeen)[]).filter(
    (name) => fault.before[name] !== undefined && plain(fault.before[name]) !== plain(now[name]),
  );
  return (
    <Notice look="wait" id="conflict" title={t(fault.errors[0]!.message)}>
      {changed.length === 0 ? (
        <p>{t("acts.conflict.else")}</p>
      ) : (
        <table className="beside">
          <thead>
            <tr>
              <td />
              <th scope="col">{t(fault.act === "edit" ? "acts.conflict.yours" : "acts.conflict.seen")}</th>
              <th scope="col">{t("acts.conflict.there")}</th>
            </tr>
          </thead>
          <tbody>
            {changed.map((name) => (
              <tr key={name}>
                <th scope="row">{t(NAMES[name])}</th>
                <td>
                  <bdi>{words(t, name, fault.before)}</bdi>
                </td>
                <td>
                  <bdi>{words(t, name, now)}</bdi>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Notice>
  );
}

/* A form sends other line ends than it was given. */
const plain = (words = "") => words.replaceAll("\r\n", "\n").trim();

function words(t: Text, name: keyof DeskSeen, { state, urgency, visibility, ...rest }: Partial<DeskSeen>): string {
  if (name === "state") return state ? t(`dashboard.state.${state}`) : "–";
  if (name === "urgency") return urgency ? t(`dashboard.urgency.${urgency}`) : "–";
  if (name === "visibility") return visibility ? t(`posts.who.${visibility}`) : "–";
  return rest[name] || "–";
}
