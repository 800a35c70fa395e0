import { I18nProvider } from "@lingui/react";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { Waiting } from "#app/claims/waiting.tsx";
import type { QuestionKind } from "#app/events/event.ts";
import { i18nFor } from "#app/i18n/catalogues.server.ts";
import { LOCALES } from "#app/i18n/locales.ts";
import { Questions } from "#app/questions/questions.tsx";

const KINDS: QuestionKind[] = ["still_good", "got_it", "need_again", "still_needed"];
const questions = (["need", "offer"] as const).flatMap((postKind) =>
  KINDS.map((kind) => ({
    id: `${kind}-${postKind}`,
    kind,
    code: "4F2K",
    postKind,
    title: "Soup <b>for</b> tonight",
    claimId: null,
  })),
);
const shown = (locale: (typeof LOCALES)[number], children: ReactNode) =>
  renderToStaticMarkup(<I18nProvider i18n={i18nFor(locale)}>{children}</I18nProvider>);

it.each(LOCALES)("puts every question in words with two buttons, in %s", (locale) => {
  const html = shown(locale, <Questions questions={questions} />);
  expect(html).not.toMatch(/questions\.|undefined|[{}]|<b>/);
  expect(html.match(/name="answer" value="1"/g)).toHaveLength(questions.length);
  expect(html.match(/name="answer" value="2"/g)).toHaveLength(questions.length);
  expect(html).toContain('action="/questions/still_good-need/answers"');
});

it("sends the answer by link to the page itself", () => {
  const html = shown("en", <Questions questions={questions.slice(0, 1)} byLink />);
  expect(html).toContain('action="?"');
  expect(html).toContain('name="question" value="still_good-need"');
});

it("shows whether somebody is on the list", () => {
  expect(shown("en", <Waiting code="4F2K" waiting={false} />)).toContain("Tell me if it opens again");
  expect(shown("en", <Waiting code="4F2K" waiting />)).toContain("You are on the list");
});
