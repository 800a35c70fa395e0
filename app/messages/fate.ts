import type { OutboxState } from "#app/notifications/outbox-states.ts";

/** What became of a text of ours, as far as a coordinator can do something about it. */
export const FATES = [
  "waits",
  "later",
  "on_the_way",
  "with_network",
  "arrived",
  "off",
  "no_phone",
  "filtered",
  "stopped",
  "number_trouble",
  "failed",
  "too_late",
  "taken_back",
  "unsure",
  "unknown",
] as const;
export type Fate = (typeof FATES)[number];

/** The provider's error codes by what they mean to people: https://www.twilio.com/docs/api/errors */
const WHY: Record<string, Fate> = {
  "30003": "off",
  "30005": "no_phone",
  "30006": "no_phone",
  "21211": "no_phone",
  "21214": "no_phone",
  "21217": "no_phone",
  "21614": "no_phone",
  "30007": "filtered",
  "21610": "stopped",
  "30032": "number_trouble",
  "30034": "number_trouble",
  "21408": "number_trouble",
  "21606": "number_trouble",
  "20003": "number_trouble",
};

const PLAIN: Record<OutboxState, Fate> = {
  queued: "waits",
  claimed: "waits",
  submitting: "on_the_way",
  submitted: "on_the_way",
  sent: "with_network",
  delivered: "arrived",
  undelivered: "failed",
  failed: "failed",
  dead: "failed",
  uncertain: "unsure",
  suppressed: "stopped",
  expired: "too_late",
  canceled: "taken_back",
  unknown: "unknown",
};

/** @param held it is not to go out before a time that is still to come. */
export function fateOf(text: { state: OutboxState; errorCode: string | null; held: boolean }): Fate {
  const plain = PLAIN[text.state];
  if (plain === "failed") return WHY[text.errorCode ?? ""] ?? "failed";
  return plain === "waits" && text.held ? "later" : plain;
}

/** Colours of the design system for it. */
export const FATE_LOOKS = {
  waits: "wait",
  later: "wait",
  on_the_way: "info",
  with_network: "info",
  arrived: "offer",
  off: "stop",
  no_phone: "stop",
  filtered: "stop",
  stopped: "stop",
  number_trouble: "stop",
  failed: "stop",
  too_late: "stop",
  taken_back: "gone",
  unsure: "wait",
  unknown: "gone",
} as const satisfies Record<Fate, string>;
