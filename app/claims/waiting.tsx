import { useText } from "#app/i18n/use-text.ts";
import { Button, Notice } from "#app/ui/index.ts";

/** On a covered post: be told first when something opens again, or be taken off the list. */
export function Waiting({ code, waiting }: { code: string; waiting: boolean }) {
  const t = useText();
  return (
    <form method="post" action={`/p/${code}/waiting`} className="stack">
      {waiting ? (
        <>
          <Notice look="wait">{t("claims.waiting.on_list")}</Notice>
          <p>
            <Button look="quiet" name="act" value="leave">
              {t("claims.waiting.leave")}
            </Button>
          </p>
        </>
      ) : (
        <>
          <Button look="plain" name="act" value="join">
            {t("claims.waiting.join")}
          </Button>
          <p className="meta">{t("claims.waiting.words")}</p>
        </>
      )}
    </form>
  );
}
