type Module = {
  /** What gets the mistakes. */
  files: string[];
  /** Tests that must notice them, without the slow ones that need several processes or minutes. */
  tests: string[];
};

/** The parts where a mistake that no test notices would cost somebody their safety, or a text. */
export const MODULES: Record<string, Module> = {
  permissions: {
    files: ["app/groups/membership.ts", "app/people/accepted.server.ts", "app/web/guarded.server.ts"],
    tests: [
      "tests/groups/membership.test.ts",
      "tests/people/find-session.test.ts",
      "tests/people/sign-in.test.ts",
      "tests/posts/trust.test.ts",
      "tests/web/guarded.test.ts",
    ],
  },
  codes: {
    files: [
      "app/core/ids.server.ts",
      "app/core/codes.ts",
      "app/people/sign-in-code.server.ts",
      "app/people/start-sign-in.server.ts",
      "app/people/finish-sign-in.server.ts",
      "app/posts/manage-token.server.ts",
    ],
    tests: ["tests/core/*.test.ts", "tests/people/sign-in*.test.ts", "tests/people/sessions.test.ts"],
  },
  sealing: {
    files: ["app/core/seal.server.ts", "app/core/sealing/*.ts", "app/core/data-key-check.server.ts"],
    tests: ["tests/core/**/*.test.ts"],
  },
  claims: {
    files: ["app/claims/*.ts"],
    tests: ["tests/claims/!(model|race|limit).test.ts"],
  },
  outbox: {
    files: [
      "app/notifications/{deliver,fan-out,mark-submitting,settle,owed-texts,delivery-report,check-uncertain}.server.ts",
      "app/notifications/{recipients,outbox-states,held}.ts",
    ],
    tests: [
      "tests/notifications/{deliver,fan-out,quiet,recipients,sparing,status-ranks,wording,loops,senders}.test.ts",
    ],
  },
};
