import { useText } from "#app/i18n/use-text.ts";
import { BackLink, Button, CheckboxField, ErrorSummary, LinkButton } from "#app/ui/index.ts";

/** Deleting everything: what goes, what stays, and one box to tick. `of`: the person, or one post by its private link. */
export function DeletePage({
  of,
  back,
  file,
  missed,
}: {
  of: "me" | "post";
  back: string;
  file: string;
  missed: boolean;
}) {
  const t = useText();
  return (
    <div className="measure stack">
      <ErrorSummary
        title={t("posts.problem")}
        errors={missed ? [{ field: "sure", message: t("mine.delete.tick") }] : []}
      />
      <BackLink href={back}>{t("mine.back")}</BackLink>
      <h1>{t(`mine.delete.${of}`)}</h1>
      <p>{t(`mine.delete.${of}.goes`)}</p>
      <p>{t(`mine.delete.${of}.ends`)}</p>
      <p>{t("mine.delete.stays")}</p>
      <LinkButton look="plain" href={file}>
        {t("mine.download")}
      </LinkButton>
      <form method="post" noValidate>
        <CheckboxField
          name="sure"
          value="yes"
          label={t(`mine.delete.${of}.sure`)}
          error={missed ? t("mine.delete.tick") : undefined}
        />
        <Button look="stop">{t("mine.delete.now")}</Button>
      </form>
    </div>
  );
}
