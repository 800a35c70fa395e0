/** Ready words in every language: `broadcasts.template.<name>`. What a coordinator fills in is `___`. */
export const READY_WORDS = ["meeting", "hands", "closed"] as const;
export type ReadyWords = (typeof READY_WORDS)[number];

export const isReadyWords = (name: string): name is ReadyWords => READY_WORDS.includes(name as ReadyWords);
/** Gaps that were not filled in yet. */
export const hasGap = (words: string): boolean => words.includes("___");
