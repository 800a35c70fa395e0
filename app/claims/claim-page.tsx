import type { ReactNode } from "react";
import type { AnswerWords } from "#app/groups/field-answers.ts";
import { useText } from "#app/i18n/use-text.ts";
import { AnswerList } from "#app/posts/answer-list.tsx";
import { BackLink, LinkButton, Notice, UserText, ErrorSummary } from "#app/ui/index.ts";
import { ClaimStamp, ClaimTitle, type ShownClaim } from "./claim-card.tsx";
import { isLive } from "./claim.ts";
import { ContactFacts } from "./contact-facts.tsx";
import type { Said } from "./eta.ts";
import { AllSteps, HandBack, StillGood, type PartFault } from "./step-forms.tsx";

type Contact = {
  name: string | null;
  phone: string | null;
  email: string | null;
  address: string | null;
  privateNote: string | null;
  hidden: boolean;
};

export function ClaimPage(props: {
  claim: ShownClaim & { mine: boolean; eta: Said | null; note: string | null; post: { details: string | null } };
  contact: Contact | null;
  /** What was said to the questions of its category. */
  answers: AnswerWords[];
  handingBack: boolean;
  reasons: readonly string[];
  fault?: PartFault;
  /** How the two sides write to each other. */
  children?: ReactNode;
}) {
  const t = useText();
  const { claim, contact, handingBack, reasons, fault } = props;
  const { post } = claim;
  const live = isLive(claim.status) && !claim.over;
  return (
    <div className="stack">
      <BackLink href="/me">{t("claims.mine.title")}</BackLink>
      {fault && (
        <ErrorSummary
          title={t("web.errors")}
          errors={[{ field: "quantity", message: t("claims.error.part", { most: claim.quantity }) }]}
        />
      )}
      <div className="tags">
        <ClaimStamp claim={claim} />
      </div>
      <h1>
        <ClaimTitle claim={claim} />
      </h1>
      {live ? <Until claim={claim} /> : <Outcome claim={claim} />}
      {live && <AnswerList answers={props.answers} />}
      {handingBack ? (
        <HandBack claim={claim} reasons={reasons} />
      ) : (
        <>
          {contact && live && (
            <section className="stack" aria-labelledby="contact">
              <h2 id="contact">{t(`claims.${post.kind}.contact`)}</h2>
              <ContactFacts {...contact} message={t(`claims.${post.kind}.message`, { title: post.title })} />
              <p className="meta">{t("claims.contact.kept")}</p>
            </section>
          )}
          {props.children}
          {live && claim.late && <StillGood id={claim.id} />}
          <AllSteps claim={claim} fault={fault} />
          {claim.note && (
            <section aria-labelledby="note">
              <h2 id="note">{t("claims.your_note")}</h2>
              <UserText>{claim.note}</UserText>
            </section>
          )}
          <p>
            <LinkButton href={`/p/${post.code}`} look="quiet">
              {t(`claims.${post.kind}.see`)}
            </LinkButton>
          </p>
        </>
      )}
    </div>
  );
}

function Until({ claim }: { claim: ShownClaim & { eta: Said | null } }) {
  const t = useText();
  return (
    <>
      {claim.eta && <p>{t(`claims.eta_said.${claim.eta.day}`, claim.eta)}</p>}
      <p>{t(`claims.due.${claim.late ? "late" : claim.due.day}`, claim.due)}</p>
      <p className="meta">{t(`claims.lapses.${claim.lapses.day}`, claim.lapses)}</p>
    </>
  );
}

/** What became of it, said so that nobody need feel bad. */
function Outcome({ claim }: { claim: ShownClaim }) {
  const t = useText();
  const { status, closed, post } = claim;
  if (status === "delivered" || status === "confirmed") {
    const got = post.kind === "offer" && status === "confirmed";
    return <Notice look="done">{t(got ? "claims.outcome.got" : `claims.outcome.${status}`)}</Notice>;
  }
  return (
    <Notice>
      <p>
        {t(
          !closed && (status === "released" || status === "lapsed")
            ? `claims.outcome.${status}`
            : "claims.outcome.closed",
        )}
      </p>
      <a href={`/board?kind=${post.kind}`}>{t("web.to_board")}</a>
    </Notice>
  );
}
