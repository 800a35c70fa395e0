import { useText } from "#app/i18n/use-text.ts";
import type { PostKind, PostStatus, Units } from "#app/posts/post.ts";
import { Card, Dots, LinkButton, Notice } from "#app/ui/index.ts";
import type { ClaimForm } from "./claim-form.server.ts";
import { ClaimPanel } from "./claim-panel.tsx";
import { Waiting } from "./waiting.tsx";
import { amount } from "./words.ts";

type Other = {
  code: string;
  kind: PostKind;
  title: string;
  remaining: number;
  units: Units | null;
  place: string | null;
};

/** Somebody else was first: what is left, if anything, and up to three others of the group that still wait. */
export function LostRace(props: {
  post: {
    code: string;
    kind: PostKind;
    status: PostStatus;
    remaining: number;
    units: Units | null;
    group: { slug: string; name: string };
  };
  lost: { remaining: number; others: Other[] };
  form: ClaimForm;
}) {
  const t = useText();
  const { post, lost, form } = props;
  const { kind, group } = post;
  return (
    <>
      <h1>{t(`claims.lost.${kind}.title`)}</h1>
      <Notice look="wait" role="status">
        {lost.remaining > 0
          ? t("claims.lost.left", { amount: amount(t, lost.remaining, post.units) })
          : t(`claims.lost.${kind}.nothing`)}
      </Notice>
      {lost.remaining > 0 && <ClaimPanel post={{ ...post, remaining: lost.remaining }} form={form} />}
      {lost.remaining === 0 && post.status === "open" && <Waiting code={post.code} waiting={false} />}
      {lost.others.length > 0 && (
        <section className="stack" aria-labelledby="others">
          <h2 id="others">{t(`claims.lost.${kind}.others`)}</h2>
          {lost.others.map((other) => (
            <Card
              key={other.code}
              level={3}
              look={kind === "need" ? "ask" : "offer"}
              href={`/p/${other.code}`}
              title={<bdi>{other.title}</bdi>}
              meta={
                <Dots
                  items={[
                    t(`claims.${kind}.left`, { amount: amount(t, other.remaining, other.units) }),
                    other.place && <bdi key="place">{other.place}</bdi>,
                  ]}
                />
              }
            />
          ))}
        </section>
      )}
      <p>
        <LinkButton href={`/board?kind=${kind}&group=${group.slug}`} look="quiet">
          {t("web.to_board")}
        </LinkButton>
      </p>
    </>
  );
}
