import { useState, type MouseEvent } from "react";
import { useText } from "#app/i18n/use-text.ts";
import { plainLetters, segmentsOf } from "#app/sms/segments.ts";
import { Button, Notice, TextArea } from "#app/ui/index.ts";

export type AnswerProps = {
  words: string;
  error: string | undefined;
  formKey: string;
  answers: number;
  heard: number;
  /** Somebody answered since the form was shown: "Sam answered 2 minutes ago". */
  meanwhile: { you: "yes" | "no"; who: string; ago: string } | null;
  language: string | null;
};

/** An answer by text, with what it will cost as it is typed. */
export function AnswerForm({ words: typed, error, formKey, answers, heard, meanwhile, language }: AnswerProps) {
  const t = useText();
  const [words, setWords] = useState(typed);
  return (
    <form method="post" noValidate className="answer" id="answer">
      {meanwhile && (
        <Notice look="wait" role="alert" title={t("messages.meanwhile", meanwhile)}>
          {t("messages.meanwhile.more")}
        </Notice>
      )}
      <input type="hidden" name="key" value={formKey} />
      <input type="hidden" name="answers" value={answers} />
      <input type="hidden" name="heard" value={heard} />
      <TextArea
        name="words"
        rows={4}
        maxLength={1600}
        value={words}
        onChange={(event) => setWords(event.target.value)}
        label={t("messages.answer")}
        hint={
          language ? t("messages.answer.language", { language: `\u2068${language}\u2069` }) : t("messages.answer.hint")
        }
        error={error}
      />
      {words.trim() && <Size words={words.trim()} onWords={setWords} />}
      <div className="row">
        <Button name="do" value="answer" icon="phone">
          {t(meanwhile ? "messages.answer.anyway" : "messages.answer.send")}
        </Button>
        <noscript>
          <Button look="quiet" name="do" value="count">
            {t("messages.answer.count")}
          </Button>
        </noscript>
      </div>
    </form>
  );
}

/** How many texts it becomes, and which letters make it dear. */
function Size({ words, onWords }: { words: string; onWords: (words: string) => void }) {
  const t = useText();
  const { count, costly } = segmentsOf(words);
  const plain = plainLetters(words);
  const cheap = segmentsOf(plain).count;
  const mend = (event: MouseEvent) => {
    event.preventDefault();
    onWords(plain);
  };
  return (
    <>
      <p className="meta">{t("messages.size", { letters: [...words].length, n: count })}</p>
      {cheap < count && (
        <Notice look="wait">
          <p>{t("messages.size.costly", { letters: costly.join(" "), n: cheap })}</p>
          <Button look="quiet" name="do" value="plain" onClick={mend}>
            {t("messages.size.plain")}
          </Button>
        </Notice>
      )}
    </>
  );
}
