import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { useText } from "#app/i18n/use-text.ts";
import { Button, Card, Notice } from "#app/ui/index.ts";
import type { OpenQuestion } from "./question.ts";

/**
 * What somebody is asked, each with its two answers as buttons. They go to the question's own address, or, on a page whose
 * link is the permission, to that page: `act=answer`, `question`, `answer`.
 */
export function Questions({ questions, byLink = false }: { questions: OpenQuestion[]; byLink?: boolean }) {
  const t = useText();
  if (questions.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="questions">
      <h2 id="questions">{t("questions.title", { n: questions.length })}</h2>
      {questions.map((question) => (
        <Card
          key={question.id}
          level={3}
          look={question.postKind === "need" ? "ask" : "offer"}
          title={t(`questions.${wordsOf(question)}.ask`)}
          meta={
            <>
              <bdi>{question.title}</bdi> · <span dir="ltr">{question.code}</span>
            </>
          }
          footer={<Answers question={question} byLink={byLink} />}
        />
      ))}
    </section>
  );
}

function Answers({ question, byLink }: { question: OpenQuestion; byLink: boolean }) {
  const t = useText();
  const words = wordsOf(question);
  return (
    <form method="post" action={byLink ? "?" : `/questions/${question.id}/answers`} className="row">
      {byLink && (
        <>
          <input type="hidden" name="act" value="answer" />
          <input type="hidden" name="question" value={question.id} />
        </>
      )}
      <Button name="answer" value="1">
        {t(`questions.${words}.yes`)}
      </Button>
      <Button name="answer" value="2" look="plain">
        {t(`questions.${words}.no`)}
      </Button>
    </form>
  );
}

/** An offer is fetched or still there, where a need is brought or still felt. */
const wordsOf = ({ kind, postKind }: OpenQuestion) =>
  postKind === "offer" && (kind === "still_good" || kind === "still_needed") ? (`${kind}_offer` as const) : kind;

/** What came of an answer, after the way back from its form. */
export function AnswerDone({ done }: { done: MessageId | null }) {
  const t = useText();
  if (!done) return null;
  return (
    <Notice look="done" role="status">
      {t(done)}
    </Notice>
  );
}
