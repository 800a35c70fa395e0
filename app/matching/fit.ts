/**
 * How well what is offered fits what is needed, by their categories alone (`PairFacts.fit`): the same one; by the table of what can
 * serve what, nearly as good or better than nothing; `loose` where one of the two has none and they share a group.
 */
export const FIT = { same: 1, well: 0.8, partly: 0.5, loose: 0.4 } as const;
export type Fit = keyof typeof FIT;

/** From there on a unit of one makes up for a unit of the other. What only helps is counted in other units. */
export const COUNTS = FIT.well;
