import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { useText } from "#app/i18n/use-text.ts";
import type { PostView } from "#app/posts/post.ts";
import { Button, LinkButton, NumberField, SelectField, TextArea } from "#app/ui/index.ts";
import type { ClaimForm } from "./claim-form.server.ts";
import { amount } from "./words.ts";

type Props = {
  post: Pick<PostView, "code" | "kind" | "status" | "remaining" | "units">;
  form: ClaimForm;
  /** What was typed, when it has to be mended. */
  values?: Record<string, string>;
  errors?: Record<string, MessageId>;
};

/** "I can do this" on a need, "I could use this" on an offer: how many, when, a word to them. Works without script. */
export function ClaimPanel({ post, form, values = {}, errors = {} }: Props) {
  const t = useText();
  const { kind, remaining } = post;
  if (form.own) return null;
  return (
    <section className="stack" aria-labelledby="claim">
      <h2 id="claim">{t(`claims.${kind}.title`)}</h2>
      {post.status !== "open" || remaining === 0 ? (
        <p>{t(`claims.${kind}.nothing_left`)}</p>
      ) : form.signedIn ? (
        <Fields {...{ post, form, values, errors }} />
      ) : (
        <>
          <p>{t("claims.sign_in_first")}</p>
          <p>
            <LinkButton href={`/sign-in?to=${encodeURIComponent(`/p/${post.code}/claims`)}`} wide>
              {t(`claims.${kind}.sign_in`)}
            </LinkButton>
          </p>
        </>
      )}
    </section>
  );
}

function Fields({ post, form, values = {}, errors = {} }: Props) {
  const t = useText();
  const { kind, remaining, units } = post;
  const error = (field: string) => errors[field] && t(errors[field], { remaining });
  return (
    <form method="post" action={`/p/${post.code}/claims`} className="stack" noValidate>
      <input type="hidden" name="key" value={form.idempotencyKey} />
      {remaining === 1 ? (
        <input type="hidden" name="quantity" value="1" />
      ) : (
        <NumberField
          name="quantity"
          label={t(`claims.${kind}.how_many`)}
          hint={t(`claims.${kind}.left`, { amount: amount(t, remaining, units) })}
          error={error("quantity")}
          defaultValue={values["quantity"] ?? remaining}
          max={remaining}
          unit={units && <bdi>{units.many}</bdi>}
        />
      )}
      {form.offers.length > 0 && (
        <SelectField
          name="offer"
          label={t("claims.need.from_offer")}
          hint={t("claims.need.from_offer_hint")}
          optional={t("web.optional")}
          error={error("offer")}
          blank={t("claims.need.no_offer")}
          defaultValue={values["offer"] ?? ""}
          options={form.offers.map(({ code, title, remaining }) => ({
            value: code,
            label: t("claims.need.own_offer", { code, title, n: remaining }),
          }))}
        />
      )}
      <SelectField
        name="eta"
        label={t(`claims.${kind}.when`)}
        optional={t("web.optional")}
        error={error("eta")}
        blank={t("claims.eta.unknown")}
        defaultValue={values["eta"] ?? ""}
        options={form.etas.map((eta) => ({ value: eta.value, label: t(`claims.eta.${eta.day}`, eta) }))}
      />
      <TextArea
        name="note"
        label={t("claims.note")}
        optional={t("web.optional")}
        hint={t("claims.note.hint")}
        error={error("note")}
        defaultValue={values["note"] ?? ""}
        maxLength={500}
        rows={2}
      />
      <p className="meta">{t(`claims.${kind}.what_happens`)}</p>
      <Button look={kind === "need" ? "act" : "offer"} wide>
        {t(`claims.${kind}.yes`)}
      </Button>
    </form>
  );
}
