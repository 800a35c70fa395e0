import { useText } from "#app/i18n/use-text.ts";
import { DataTable } from "#app/ui/index.ts";
import { lateOf } from "./ages.ts";
import { TOO_FEW } from "./figures.ts";
import { dashboardHref, type Chosen } from "./period.ts";
import type { ShownGroup } from "./shown-figures.ts";
import { ageWords, spanWords } from "./spans.ts";

const HEADS = [
  "dashboard.open",
  "dashboard.partly",
  "dashboard.covered",
  "dashboard.oldest",
  "dashboard.asked",
  "dashboard.met",
  "dashboard.fulfilled",
  "dashboard.half",
  "dashboard.nine",
  "dashboard.sent",
  "dashboard.delivered",
  "dashboard.failed",
] as const;

/** What a phone has room for; the rest is on each group's own page and in the file. */
const FIRST: readonly string[] = ["dashboard.open", "dashboard.oldest", "dashboard.met"];
const classOf = (head: string) => (FIRST.includes(head) ? "n" : "n more");

/** One line for each group; its name leads to its own dashboard. */
export function GroupTable({ groups, chosen }: { groups: ShownGroup[]; chosen: Chosen }) {
  const t = useText();
  return (
    <DataTable id="groups" caption={t("dashboard.groups")}>
      <thead>
        <tr>
          <th scope="col">{t("dashboard.group")}</th>
          {HEADS.map((head) => (
            <th key={head} scope="col" className={classOf(head)}>
              {t(head)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <GroupLine key={group.id} group={group} chosen={chosen} />
        ))}
      </tbody>
    </DataTable>
  );
}

function GroupLine({ group, chosen }: { group: ShownGroup; chosen: Chosen }) {
  const t = useText();
  const few = group.asked < TOO_FEW;
  const count = (n: number) => t("dashboard.number", { n });
  const span = (seconds: number | null) =>
    few ? t("dashboard.too_few") : seconds === null ? t("dashboard.not_yet") : spanWords(t, seconds);
  const cells = [
    count(group.open),
    count(group.partlyCovered),
    count(group.covered),
    group.oldestSeconds === null ? t("dashboard.none") : ageWords(t, group.oldestSeconds),
    count(group.asked),
    few || group.metRate === null ? t("dashboard.too_few") : t("dashboard.rate", { rate: group.metRate }),
    count(group.fulfilled),
    span(group.medianSecondsToClaim),
    span(group.p90SecondsToClaim),
    count(group.texts.sent),
    count(group.texts.delivered),
    count(group.texts.failed),
  ];
  return (
    <tr className={lateOf(group.ages) > 0 ? "late" : undefined}>
      <th scope="row">
        <a href={dashboardHref(group.slug, chosen)}>
          <bdi>{group.name}</bdi>
        </a>
      </th>
      {HEADS.map((head, at) => (
        <td key={head} className={classOf(head)}>
          {cells[at]}
        </td>
      ))}
    </tr>
  );
}
