/**
 * THE MODEL, in plain words. It is an invented city: nobody publishes who was asked, who answered and what came of it. What is
 * known was taken from published work and named below; the rest is an assumption and called so. It was written before any
 * policy was run in it, and is the same for every policy: what chance decides (would this person say yes to this need, how
 * soon, do they keep it) is drawn from the seed and the pair, not from the order in which a policy asks.
 *
 * - A need wants one or more HANDS (promises): a lift is one, a shift of eight is eight. It has until its deadline.
 *   It is MET when as many promises were made before the deadline as it wants hands, by people who keep them.
 * - Whoever is asked and is not fed up says yes with the chance
 *     READY × their own will × e^(−km/4) × (all kinds: 0.6, chosen kinds: 1) × (no shared language: 0.35) × the hour.
 *   With a live offer of that kind: OFFER_YES × e^(−km/8) × the hour instead, where that is more.
 * - They answer after a log-normal delay. A yes that comes when all is promised is not needed (REDUNDANT), and one who already
 *   promised all they can in that week has to say no.
 * - An alert that somebody does not act on makes them deaf for some days with the chance TIRE: they see none of what follows.
 *   A yes never tires, needed or not.
 * - A promise is kept or not (their own share around KEPT). One that is not is handed back after a while, and the need is open again.
 * - Alerts go out through one carrier, `perSecond` of them, in the order asked; what is covered meanwhile is not sent. In
 *   somebody's quiet hours nothing is sent to them. "It's covered, thank you" texts are left out, for every policy.
 * - Nobody is asked about kinds they do not want to hear of, nor twice about one need: no policy breaks that.
 *
 * Left out, for every policy alike: people who look at the board by themselves, and those who leave for ever
 * (about 30 % a year, Manshadi & Rodilitz), which is mild to whoever asks most.
 */

/**
 * Chance of a yes next door, of a kind they chose, at the best hour. Of those alerted near by 23 % set out (PulsePoint,
 * Critical Care 2014), in other studies 17 to 47 % (Khalemsky 2023); where people live far apart 1 to 5 % (GoodSAM 2022).
 */
export const READY = 0.35;
/** People differ: the spread of the logarithm of their will, whose mean is 1. Own past answers tell most (Khalemsky 2023). */
export const WILL_SPREAD = 0.8;
export const MOST_READY = 0.9;
/** The decay with distance: see "synthetic" in the literature on volunteer dispatch; half at 2.8 km. */
export const FADES_KM = 4;
export const ANY_KIND = 0.6;
export const OTHER_LANGUAGE = 0.35;
/** Assumption: whoever offered just that mostly says yes. */
export const OFFER_YES = 0.75;
export const OFFER_FADES_KM = 8;
/** By the hour of the day the alert arrives; assumption: work hours and nights are worse than evenings. */
export const BY_HOUR: readonly number[] = [
  0.4, 0.3, 0.3, 0.3, 0.3, 0.4, 0.6, 0.8, 0.9, 0.8, 0.75, 0.75, 0.9, 0.8, 0.75, 0.75, 0.8, 0.95, 1, 1, 1, 0.9, 0.7, 0.5,
];
/** Minutes until they answer: the median and the spread of the logarithm. A call to a claim took 6 minutes (412 Food Rescue, 2018). */
export const ANSWER_MEDIAN = 10;
export const ANSWER_SPREAD = 1.2;
/** Who does not want to says so, instead of nothing; assumption. */
export const SAYS_NO = 0.2;
/** An alert not acted on makes deaf, for so many days on average (exponential). The idea: Manshadi & Rodilitz; how much: assumption. */
export const TIRE = 0.05;
export const DEAF_DAYS = 7;
/** The mean share of promises kept, and how even people are in it. 70 % of those who set out arrived (PulsePoint), who say yes to one need here are asked by name. */
export const KEPT = 0.85;
export const KEPT_EVENNESS = 6;
/** A promise not kept is handed back after a share of the time left, at most so many minutes. */
export const HELD_MOST = 8 * 60;

export const MINUTE = 60_000;
export const DAY = 24 * 60;
export const WEEK = 7 * DAY;
/** The first minute: a Monday, 00:00 UTC. The city's clocks show UTC. */
export const BEGINS = Date.UTC(2026, 0, 5);

/** What chance decides, each by its own numbers. */
export const STREAM = { yes: 1, delay: 2, delayToo: 3, tire: 4, deaf: 5, kept: 6, held: 7, no: 8 } as const;
