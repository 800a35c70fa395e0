import type { ReactNode } from "react";
import { useText } from "#app/i18n/use-text.ts";
import { Card, Dots, EmptyState, Icon, Tag } from "#app/ui/index.ts";
import type { GroupView } from "./group.ts";
import { groupIcon } from "./group-icon.ts";

export function GroupCounts({ group }: { group: Pick<GroupView, "openNeeds" | "openOffers"> }) {
  const t = useText();
  return (
    <Dots items={[t("groups.open_needs", { n: group.openNeeds }), t("groups.open_offers", { n: group.openOffers })]} />
  );
}

/** All working groups, each a card. */
export function GroupsPage({ groups }: { groups: GroupView[] }) {
  const t = useText();
  return (
    <div className="stack">
      <h1>{t("groups.title")}</h1>
      <p className="lede">{t("groups.intro")}</p>
      {groups.length === 0 && <EmptyState title={t("groups.none")}>{t("groups.none.more")}</EmptyState>}
      <div className="cards">
        {groups.map((group) => (
          <Card
            key={group.id}
            href={`/groups/${group.slug}`}
            title={
              <>
                <Icon name={groupIcon(group.slug)} />
                <bdi>{group.name}</bdi>
              </>
            }
            tags={<MineTag group={group} />}
            meta={<GroupCounts group={group} />}
          >
            <p dir="auto">{group.blurb}</p>
          </Card>
        ))}
      </div>
    </div>
  );
}

function MineTag({ group }: { group: GroupView }): ReactNode {
  const t = useText();
  if (!group.mine) return null;
  if (group.mine.state === "asked") return <Tag look="wait">{t("groups.asked")}</Tag>;
  return <Tag look="match">{t(group.mine.role === "coordinator" ? "groups.you_coordinate" : "groups.you_are_in")}</Tag>;
}
