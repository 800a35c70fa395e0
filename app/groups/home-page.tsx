import { useText } from "#app/i18n/use-text.ts";
import { Disclosure, Frieze, Icon, LinkButton, PosterLink } from "#app/ui/index.ts";
import type { GroupView } from "./group.ts";
import { groupIcon } from "./group-icon.ts";

type GroupLine = Pick<GroupView, "slug" | "name" | "openNeeds">;

/** The front door: ask, give, and an honest word about what happens then. */
export function HomePage({ groups }: { groups: GroupLine[] }) {
  const t = useText();
  const open = groups.reduce((sum, group) => sum + group.openNeeds, 0);
  return (
    <>
      <h1>{t("home.title")}</h1>
      <p className="lede">{t("home.lede")}</p>
      <div className="split">
        <PosterLink look="ask" href="/needs/new" title={t("home.ask")} icon="hand">
          {t("home.ask.more")}
        </PosterLink>
        <PosterLink look="offer" href="/offers/new" title={t("home.offer")} icon="soup">
          {t("home.offer.more")}
        </PosterLink>
      </div>
      <p className="row">
        <strong>{t("home.open", { n: open })}</strong>
        <LinkButton look="plain" href="/board">
          {t("web.to_board")}
        </LinkButton>
      </p>
      <HowItWorks />
      <GroupLines groups={groups} />
      <Disclosure summary={t("home.safe")}>
        <ul>
          <li>{t("home.safe.number")}</li>
          <li>{t("home.safe.address")}</li>
          <li>{t("home.safe.map")}</li>
          <li>{t("home.safe.stop")}</li>
        </ul>
      </Disclosure>
      <Frieze />
    </>
  );
}

function HowItWorks() {
  const t = useText();
  return (
    <section>
      <h2>{t("home.how")}</h2>
      <ol className="numbered">
        <li>{t("home.how.say")}</li>
        <li>{t("home.how.promise")}</li>
        <li>{t("home.how.bring")}</li>
      </ol>
    </section>
  );
}

function GroupLines({ groups }: { groups: GroupLine[] }) {
  const t = useText();
  if (groups.length === 0) return null;
  return (
    <section>
      <h2>{t("home.groups")}</h2>
      <ul className="lines">
        {groups.map((group) => (
          <li key={group.slug}>
            <a href={`/groups/${group.slug}`}>
              <Icon name={groupIcon(group.slug)} />
              <bdi>{group.name}</bdi>
              <span className="meta">{t("home.group.open", { n: group.openNeeds })}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
