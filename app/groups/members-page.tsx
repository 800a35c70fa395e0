import { useText } from "#app/i18n/use-text.ts";
import { BackLink, Button, Card, EmptyState, Tag } from "#app/ui/index.ts";
import type { MemberView, Role } from "./group.ts";

type Props = {
  group: { slug: string; name: string };
  members: (Omit<MemberView, "since"> & { since: string })[];
  me: string;
};

/** For a group's coordinators: who asks to join, who is in. */
export function MembersPage({ group, members, me }: Props) {
  const t = useText();
  const asking = members.filter(({ state }) => state === "asked");
  const active = members.filter(({ state }) => state === "active");
  return (
    <div className="stack">
      <BackLink href={`/groups/${group.slug}`}>
        <bdi>{group.name}</bdi>
      </BackLink>
      <h1>{t("groups.members.title", { name: group.name })}</h1>
      <section className="stack tight">
        <h2>{t("groups.members.asking")}</h2>
        {asking.length === 0 && <EmptyState title={t("groups.members.nobody_asks")} />}
        <div className="cards" id="asking">
          {asking.map((member) => (
            <Member key={member.personId} member={member} acts={["accept", "decline"]} />
          ))}
        </div>
      </section>
      <section className="stack tight">
        <h2>{t("groups.members.active")}</h2>
        <div className="cards" id="active">
          {active.map((member) => (
            <Member key={member.personId} member={member} acts={member.personId === me ? [] : actsOn(member.role)} />
          ))}
        </div>
      </section>
    </div>
  );
}

type Deed = "accept" | "decline" | "remove" | "coordinator" | "volunteer";
const actsOn = (role: Role): Deed[] => (role === "coordinator" ? ["volunteer"] : ["coordinator", "remove"]);
const LOOKS = { accept: "act", decline: "quiet", remove: "quiet", coordinator: "plain", volunteer: "quiet" } as const;

function Member({ member, acts }: { member: Pick<MemberView, "personId" | "name" | "role">; acts: Deed[] }) {
  const t = useText();
  return (
    <Card
      level={3}
      title={<bdi>{member.name ?? t("people.no_name")}</bdi>}
      tags={member.role === "coordinator" && <Tag look="info">{t("groups.coordinator")}</Tag>}
      footer={acts.length > 0 && <Acts personId={member.personId} acts={acts} />}
    />
  );
}

function Acts({ personId, acts }: { personId: string; acts: Deed[] }) {
  const t = useText();
  return (
    <form method="post" className="row">
      <input type="hidden" name="person" value={personId} />
      {acts.map((deed) => (
        <Button key={deed} type="submit" look={LOOKS[deed]} name="do" value={deed}>
          {t(`groups.members.${deed}`)}
        </Button>
      ))}
    </form>
  );
}
