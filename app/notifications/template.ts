/** Every kind of text we send. */
export const TEMPLATES = {
  sign_in_code: { lane: 0, waitsForMorning: false, validMinutes: 10 },
  number_changed: { lane: 1, waitsForMorning: false, validMinutes: 12 * 60 },
  opted_out: { lane: 1, waitsForMorning: false, validMinutes: 60 },
  opted_in: { lane: 1, waitsForMorning: false, validMinutes: 60 },
  help: { lane: 1, waitsForMorning: false, validMinutes: 60 },
  receipt_need: { lane: 5, waitsForMorning: false, validMinutes: 24 * 60 },
  receipt_offer: { lane: 5, waitsForMorning: false, validMinutes: 24 * 60 },
  claimed: { lane: 5, waitsForMorning: false, validMinutes: 24 * 60 },
  offer_claimed: { lane: 5, waitsForMorning: false, validMinutes: 24 * 60 },
  offer_matched: { lane: 5, waitsForMorning: false, validMinutes: 24 * 60 },
  on_the_way: { lane: 5, waitsForMorning: false, validMinutes: 4 * 60 },
  delivered: { lane: 5, waitsForMorning: false, validMinutes: 24 * 60 },
  confirmed: { lane: 5, waitsForMorning: true, validMinutes: 24 * 60 },
  released: { lane: 5, waitsForMorning: false, validMinutes: 24 * 60 },
  lapsed: { lane: 5, waitsForMorning: false, validMinutes: 24 * 60 },
  /** To whoever promised: it is open for others again, thank you anyway. */
  lapsed_thanks: { lane: 5, waitsForMorning: true, validMinutes: 24 * 60 },
  /** The same where a coordinator handed it back for them. */
  handed_back: { lane: 5, waitsForMorning: true, validMinutes: 24 * 60 },
  /** To whoever promised: somebody else has taken it over. And to that somebody. */
  reassigned: { lane: 5, waitsForMorning: true, validMinutes: 24 * 60 },
  assigned: { lane: 5, waitsForMorning: true, validMinutes: 24 * 60 },
  /** What a coordinator did with somebody's post. */
  split: { lane: 5, waitsForMorning: true, validMinutes: 24 * 60 },
  sent_on: { lane: 5, waitsForMorning: true, validMinutes: 24 * 60 },
  merged: { lane: 5, waitsForMorning: true, validMinutes: 24 * 60 },
  not_arrived: { lane: 5, waitsForMorning: true, validMinutes: 24 * 60 },
  closed: { lane: 5, waitsForMorning: false, validMinutes: 24 * 60 },
  reopened: { lane: 5, waitsForMorning: true, validMinutes: 24 * 60 },
  joined: { lane: 5, waitsForMorning: true, validMinutes: 24 * 60 },
  /** What a group tells who joins, in its own words. */
  welcome: { lane: 5, waitsForMorning: true, validMinutes: 24 * 60 },
  /** Answers in a conversation, and lines of a relay: what the person just asked for. */
  reply: { lane: 1, waitsForMorning: false, validMinutes: 60 },
  relay: { lane: 1, waitsForMorning: false, validMinutes: 24 * 60 },
  nudge: { lane: 5, waitsForMorning: true, validMinutes: 12 * 60 },
  ask_still_good: { lane: 5, waitsForMorning: true, validMinutes: 12 * 60 },
  ask_got_it: { lane: 5, waitsForMorning: true, validMinutes: 24 * 60 },
  ask_need_again: { lane: 5, waitsForMorning: true, validMinutes: 24 * 60 },
  ask_still_needed: { lane: 5, waitsForMorning: true, validMinutes: 24 * 60 },
  offered_next: { lane: 5, waitsForMorning: true, validMinutes: 12 * 60 },
  unconfirmed: { lane: 9, waitsForMorning: true, validMinutes: 24 * 60 },
  relay_reported: { lane: 9, waitsForMorning: true, validMinutes: 24 * 60 },
  covered: { lane: 9, waitsForMorning: true, validMinutes: 12 * 60 },
  broadcast: { lane: 9, waitsForMorning: true, validMinutes: 24 * 60 },
  broadcast_waiting: { lane: 9, waitsForMorning: true, validMinutes: 24 * 60 },
  join_asked: { lane: 9, waitsForMorning: true, validMinutes: 24 * 60 },
  review: { lane: 9, waitsForMorning: true, validMinutes: 24 * 60 },
  new_need: { lane: 9, waitsForMorning: true, validMinutes: 12 * 60 },
  group_claimed: { lane: 9, waitsForMorning: true, validMinutes: 12 * 60 },
} as const satisfies Record<string, TemplateRules>;

/**
 * `lane`: 0 codes, 1 replies, 5 notices about one's own post, 9 alerts to many. Lower goes first; 9 is sent at most
 * once, come what may. `waitsForMorning`: held back in the reader's quiet hours, because they did not just ask for it.
 */
export type TemplateRules = { lane: 0 | 1 | 5 | 9; waitsForMorning: boolean; validMinutes: number };
export type Template = keyof typeof TEMPLATES;
/** Those whose words are made elsewhere, by whoever owes the text. */
export type BringsOwnWords = "reply" | "relay" | "covered" | "broadcast";
/** Those whose words are the message `notifications.<template>`. */
export type WordedTemplate = Exclude<Template, BringsOwnWords>;

export const rulesOf = (template: Template): TemplateRules => TEMPLATES[template];
