/** What a coordinator can do about somebody in their group, by the value of the button. */
export const PERSON_ACTS = [
  "accept",
  "decline",
  "remove",
  "coordinator",
  "volunteer",
  "vet",
  "unvet",
  "note",
  "rest_week",
  "rest_month",
  "rest_end",
] as const;
export type PersonAct = (typeof PERSON_ACTS)[number];

export const isPersonAct = (act: string | null | undefined): act is PersonAct => PERSON_ACTS.includes(act as PersonAct);

/** Longer notes are not kept. */
export const LONGEST_NOTE = 500;
