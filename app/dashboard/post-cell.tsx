import { useText } from "#app/i18n/use-text.ts";
import { StatusChip, type Status } from "#app/ui/index.ts";
import type { ShownState } from "#app/posts/post.ts";
import { isLate, type ColumnId, type PostRow } from "./post-list.ts";
import { ageWords } from "./spans.ts";

const CHIPS: Record<ShownState, Status> = {
  in_review: "wait",
  open: "open",
  partly_covered: "part",
  covered: "taken",
  fulfilled: "done",
  met_for_now: "back",
  withdrawn: "gone",
  expired: "gone",
  declined: "stop",
};

type Props = {
  id: ColumnId;
  row: PostRow;
  now: number;
  /** Somebody else is on it. */
  here?: { name: string | null } | undefined;
};

/** One cell of the list. The title heads its row and leads to the post. */
export function PostCell({ id, row, now, here }: Props) {
  const t = useText();
  switch (id) {
    case "title":
      return (
        <th scope="row">
          <a href={`/coordinate/posts/${row.code}`}>
            <bdi>{row.title}</bdi>
          </a>
          {here && (
            <span className="here">{t("bulk.here", { name: here.name ?? t("dashboard.joining.no_name") })}</span>
          )}
        </th>
      );
    case "age": {
      const words = ageWords(t, (now - row.createdAt) / 1000);
      return (
        <td>
          <time dateTime={new Date(row.createdAt).toISOString()}>
            {isLate(row, now) ? t("dashboard.age.late", { n: words }) : words}
          </time>
        </td>
      );
    }
    case "state":
      return (
        <td>
          <StatusChip status={CHIPS[row.state]}>{t(`dashboard.state.${row.state}`)}</StatusChip>
        </td>
      );
    case "urgency":
      return (
        <td className={row.urgency === "urgent" ? "urgent" : undefined}>{t(`dashboard.urgency.${row.urgency}`)}</td>
      );
    case "kind":
      return <td>{t(`dashboard.kind.${row.kind}`)}</td>;
    case "left":
      return <td className="n">{leftWords(t, row)}</td>;
    case "group":
      return <Words>{row.groupName}</Words>;
    case "category":
      return <Words>{row.category}</Words>;
    case "place":
      return <Words>{row.place}</Words>;
    case "promised":
      return <Words>{row.promisedBy.join(", ")}</Words>;
  }
}

function leftWords(t: ReturnType<typeof useText>, { remaining, quantity, unit }: PostRow): string {
  return unit ? t("dashboard.left.unit", { remaining, quantity, unit }) : t("dashboard.left", { remaining, quantity });
}

function Words({ children }: { children: string | null }) {
  return <td>{children && <bdi>{children}</bdi>}</td>;
}
