import { useText } from "#app/i18n/use-text.ts";
import { BackLink, Button, DataTable, ColumnHead, EmptyState, Tag } from "#app/ui/index.ts";
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
      {asking.length === 0 ? (
        <EmptyState title={t("groups.members.nobody_asks")} />
      ) : (
        <DataTable id="asking" caption={t("groups.members.asking")}>
          <Heads />
          <tbody>
            {asking.map((member) => (
              <tr key={member.personId}>
                <Name name={member.name} />
                <td>
                  <Acts personId={member.personId} acts={["accept", "decline"]} />
                </td>
              </tr>
            ))}
          </tbody>
        </DataTable>
      )}
      <DataTable id="active" caption={t("groups.members.active")}>
        <Heads />
        <tbody>
          {active.map((member) => (
            <tr key={member.personId}>
              <Name name={member.name} role={member.role} />
              <td>{member.personId !== me && <Acts personId={member.personId} acts={actsOn(member.role)} />}</td>
            </tr>
          ))}
        </tbody>
      </DataTable>
    </div>
  );
}

type Deed = "accept" | "decline" | "remove" | "coordinator" | "volunteer";
const actsOn = (role: Role): Deed[] => (role === "coordinator" ? ["volunteer"] : ["coordinator", "remove"]);
const LOOKS = { accept: "act", decline: "quiet", remove: "quiet", coordinator: "plain", volunteer: "quiet" } as const;

function Heads() {
  const t = useText();
  return (
    <thead>
      <tr>
        <ColumnHead>{t("people.name")}</ColumnHead>
        <ColumnHead>{t("groups.members.acts")}</ColumnHead>
      </tr>
    </thead>
  );
}

function Name({ name, role }: { name: string | null; role?: Role }) {
  const t = useText();
  return (
    <th scope="row">
      <bdi>{name ?? t("people.no_name")}</bdi>{" "}
      {role === "coordinator" && <Tag look="info">{t("groups.coordinator")}</Tag>}
    </th>
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
