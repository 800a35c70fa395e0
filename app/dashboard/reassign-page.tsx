import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { useText } from "#app/i18n/use-text.ts";
import { BackLink, Button, EmptyState, ErrorSummary, RadioGroup } from "#app/ui/index.ts";
import type { Reassignable } from "./reassign.server.ts";

/** Who takes a promise over: the members of the group, those with the least to do first. */
export function ReassignPage({ claim, error }: { claim: Reassignable; error: MessageId | undefined }) {
  const t = useText();
  const nobody = t("dashboard.joining.no_name");
  return (
    <div className="measure stack">
      <BackLink href="/coordinate/promises">{t("promises.title")}</BackLink>
      <ErrorSummary title={t("posts.problem")} errors={error ? [{ field: "person", message: t(error) }] : []} />
      <h1>{t("acts.reassign.title")}</h1>
      <p className="lede">
        <bdi>{claim.who ?? nobody}</bdi> · {claim.quantity} ·{" "}
        <a href={`/p/${claim.code}`}>
          <bdi>{claim.title}</bdi>
        </a>
      </p>
      <p>{t("acts.reassign.words")}</p>
      {claim.people.length === 0 ? (
        <EmptyState title={t("acts.reassign.nobody")} />
      ) : (
        <form method="post" noValidate>
          <RadioGroup
            name="person"
            legend={t("acts.reassign.title")}
            error={error && t(error)}
            options={claim.people.map(({ id, name, live }) => ({
              value: id,
              label: name ?? nobody,
              hint: t("acts.reassign.load", { n: live }),
            }))}
          />
          <div className="row">
            <Button>{t("acts.reassign")}</Button>
          </div>
        </form>
      )}
    </div>
  );
}
