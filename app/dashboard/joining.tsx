import { useText } from "#app/i18n/use-text.ts";
import { Button } from "#app/ui/index.ts";
import { peopleHref } from "./people/people-filter.ts";
import { ageWords } from "./spans.ts";

type Joining = { personId: string; name: string | null; groupId: string; group: string; seconds: number };

type Props = { asking: Joining[]; total: number; group: string };

/** Who asks to join, each settled with one press. `total` counts also those who are not shown. */
export function JoinRequests({ asking, total, group }: Props) {
  const t = useText();
  return (
    <section aria-labelledby="joining-title">
      <h2 id="joining-title">{t("dashboard.joining", { n: total })}</h2>
      {asking.length > 0 && (
        <ul className="plain settle">
          {asking.map((one) => (
            <JoinRequest key={one.personId + one.groupId} {...one} />
          ))}
        </ul>
      )}
      {total > asking.length && (
        <p className="meta">
          {t("now.more", { n: total - asking.length })}{" "}
          <a href={peopleHref({ show: "asking", q: "", group })}>{t("now.more.link")}</a>
        </p>
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
