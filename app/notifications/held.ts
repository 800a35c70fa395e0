/**
 * `not_before` of a text that is held until somebody lets it go on: a moment that never comes, and the mark by which it
 * is found again.
 */
export const HELD_UNTIL = new Date("9999-01-01T00:00:00Z");
