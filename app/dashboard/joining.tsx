import { useText } from "#app/i18n/use-text.ts";
import { Button } from "#app/ui/index.ts";
import { ageWords } from "./spans.ts";

type Joining = { personId: string; name: string | null; groupId: string; group: string; seconds: number };

/** Who asks to join, each settled with one press. */
export function JoinRequests({ asking }: { asking: Joining[] }) {
  const t = useText();
  return (
    <section aria-labelledby="joining-title">
      <h2 id="joining-title">{t("dashboard.joining", { n: asking.length })}</h2>
      {asking.length > 0 && (
        <ul className="plain settle">
          {asking.map((one) => (
            <JoinRequest key={one.personId + one.groupId} {...one} />
          ))}
        </ul>
      )}
    </section>
  );
}

function JoinRequest({ personId, name, groupId, group, seconds }: Joining) {
  const t = useText();
  const id = `join-${personId}-${groupId}`;
  return (
    <li>
      <span id={id}>
        <b>{name ? <bdi>{name}</bdi> : t("dashboard.joining.no_name")}</b>{" "}
        {t("dashboard.joining.asks", { group, time: ageWords(t, seconds) })}
      </span>
      <form method="post" action="/coordinate/members" className="row">
        <input type="hidden" name="personId" value={personId} />
        <input type="hidden" name="groupId" value={groupId} />
        <Button name="answer" value="accept" aria-describedby={id}>
          {t("dashboard.joining.accept")}
        </Button>
        <Button look="quiet" name="answer" value="decline" aria-describedby={id}>
          {t("dashboard.joining.decline")}
        </Button>
      </form>
    </li>
  );
}
