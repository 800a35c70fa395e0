import { useText } from "#app/i18n/use-text.ts";
import { BackLink, Button, DescriptionList, EmptyState, LinkButton, UserText, type Fact } from "#app/ui/index.ts";
import type { ShownClaim } from "./claim-card.tsx";
import { amount } from "./words.ts";

export type ShownLine = {
  claim: Omit<ShownClaim, "post"> & { post: ShownClaim["post"] & { details: string | null } };
  contact: { name: string | null; address: string | null; privateNote: string | null } | null;
};

/** Everything I promised, on one sheet to print or keep open. Addresses come only when they are asked for, as each look is recorded. */
export function DaySheet({ day, lines, opened }: { day: string; lines: ShownLine[]; opened: boolean }) {
  const t = useText();
  return (
    <div className="stack">
      <BackLink href="/me">{t("claims.mine.title")}</BackLink>
      <header>
        <h1>{t("day.title", { day })}</h1>
        {lines.length > 0 && <p className="meta">{t("day.print")}</p>}
      </header>
      {lines.length === 0 && (
        <EmptyState title={t("day.none")} action={<LinkButton href="/board?kind=need">{t("day.board")}</LinkButton>}>
          {t("day.none.words")}
        </EmptyState>
      )}
      {lines.length > 0 && !opened && (
        <form method="post" className="stack tight">
          <p>{t("day.open.words")}</p>
          <p>
            <Button look="plain">{t("day.open")}</Button>
          </p>
        </form>
      )}
      {lines.map((line) => (
        <Line key={line.claim.id} line={line} opened={opened} />
      ))}
    </div>
  );
}

function Line({ line: { claim, contact }, opened }: { line: ShownLine; opened: boolean }) {
  const t = useText();
  const { post, due } = claim;
  const facts: (Fact | false | null | undefined)[] = [
    { term: t("day.how_many"), value: amount(t, claim.quantity, post.units) },
    { term: t("day.when"), value: t(`claims.due.${claim.late ? "late" : due.day}`, due) },
    post.place !== null && { term: t("day.place"), value: <bdi>{post.place}</bdi> },
    contact?.name ? { term: t("claims.contact.name"), value: <bdi>{contact.name}</bdi> } : null,
    opened && !contact ? { term: t("claims.contact.address"), value: t("access.later") } : null,
    contact?.address ? { term: t("claims.contact.address"), value: <bdi>{contact.address}</bdi> } : null,
    contact?.privateNote ? { term: t("claims.contact.note"), value: <UserText>{contact.privateNote}</UserText> } : null,
    post.details ? { term: t("day.details"), value: <UserText>{post.details}</UserText> } : null,
  ];
  return (
    <section aria-labelledby={`line-${claim.id}`}>
      <h2 id={`line-${claim.id}`}>
        <a href={`/claims/${claim.id}`}>
          <bdi>{post.title}</bdi>
        </a>{" "}
        <span className="meta" dir="ltr">
          {post.code}
        </span>
      </h2>
      <DescriptionList items={facts.filter((fact) => fact !== null && fact !== undefined && fact !== false)} />
    </section>
  );
}
