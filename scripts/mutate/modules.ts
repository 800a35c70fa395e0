type Module = {
  /** What gets the mistakes. */
  files: string[];
  /** Tests that must notice them, without those that take several processes or minutes. */
  tests: string[];
};

/** The parts where a mistake that no test notices would cost somebody their safety, or a text. */
export const MODULES: Record<string, Module> = {
  permissions: {
    files: ["app/groups/membership.ts", "app/people/accepted.server.ts", "app/web/guarded.server.ts"],
    tests: ["tests/groups/membership.test.ts", "tests/people/accepted.test.ts", "tests/web/guarded.test.ts"],
  },
  codes: {
    files: [
      "app/core/{ids.server,codes}.ts",
      "app/people/{sign-in-code,start-sign-in,finish-sign-in,spend-code}.server.ts",
      "app/posts/manage-token.server.ts",
    ],
    tests: [
      "tests/core/{ids,codes}.test.ts",
      "tests/people/{sign-in,rate-limit,limits-apart,confirm,second-step,number}.test.ts",
    ],
  },
  sealing: {
    files: ["app/core/{seal,data-key-check}.server.ts", "app/core/sealing/*.ts"],
    tests: ["tests/core/sealing/!(broken).test.ts"],
  },
  claims: {
    files: [
      "app/claims/claim.ts",
      // The verbs and what they share; what only reads for a page is not among them.
      "app/claims/!(*claims|day-sheet|claim-form|claim-row).server.ts",
      "app/claims/{lapse,nudge}-claims.server.ts",
    ],
    tests: [
      "tests/claims/{claim-post,guards,step-guards,steps,waiting-list,release-closed,settled,limit,clock}.test.ts",
      "tests/questions/promise.test.ts",
    ],
  },
  outbox: {
    files: [
      "app/notifications/{deliver,fan-out,mark-submitting,settle,owed-texts,delivery-report,check-uncertain}.server.ts",
      "app/notifications/{recipients,outbox-states,held}.ts",
    ],
    tests: [
      "tests/notifications/{recipients,gate,uncertain,reports,pace,links,deliver,fan-out,status-ranks,sparing,loops}.test.ts",
    ],
  },
};
