/** What became of a need, as bits of `need_days.spread`. `current`: nobody has promised and it is not closed. */
export const FATE = { answered: 1, met: 2, claimable: 4, expired: 8, current: 16 } as const;
