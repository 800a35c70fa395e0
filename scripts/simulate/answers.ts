import {
  ANSWER_MEDIAN,
  ANSWER_SPREAD,
  ANY_KIND,
  BY_HOUR,
  DAY,
  FADES_KM,
  MOST_READY,
  OFFER_FADES_KM,
  OFFER_YES,
  OTHER_LANGUAGE,
  READY,
  STREAM,
} from "./model.ts";
import { bell, drawsOf } from "./random.ts";
import type { Need, Offer, Person, World } from "./world.ts";

/** What chance decided about every pair, whatever is asked and when. */
export function answersOf(world: World) {
  const draw = drawsOf(world.seed * 31 + 7);
  const offers = new Map<number, Offer[]>();
  for (const offer of world.offers) offers.set(offer.person, [...(offers.get(offer.person) ?? []), offer]);
  const hourBest = (need: Need) => {
    let best = 0;
    const last = Math.min(need.deadline, need.opens + DAY);
    for (let at = need.opens; at <= last; at = (Math.floor(at / 60) + 1) * 60) best = Math.max(best, hourOf(at));
    return best;
  };
  const pairOf = (stream: number, need: Need, person: Person) => draw(stream, need.at, person.at);
  const yes = (need: Need, person: Person, plain: number, offering: boolean) => {
    const chance = Math.max(plain * asked(need, person), offering ? plain * byOffer(need, person) : 0);
    return pairOf(STREAM.yes, need, person) < Math.min(MOST_READY, chance);
  };
  return {
    /** A number from 0 up to 1 for this pair. */
    pairOf,
    wants: (need: Need, person: Person) => person.kinds.length === 0 || person.kinds.includes(need.kind),
    /** Whether they say yes when the alert reaches them then, unless they are fed up. */
    says: (need: Need, person: Person, at: number) =>
      yes(need, person, hourOf(at), liveOffer(offers.get(person.at), need, at, at)),
    /** Whether there is any moment at which they would say yes. */
    mightSay: (need: Need, person: Person) =>
      yes(need, person, hourBest(need), liveOffer(offers.get(person.at), need, need.opens, need.deadline)),
    delay: (need: Need, person: Person) =>
      ANSWER_MEDIAN *
      Math.exp(ANSWER_SPREAD * bell(pairOf(STREAM.delay, need, person), pairOf(STREAM.delayToo, need, person))),
    keeps: (need: Need, person: Person) => pairOf(STREAM.kept, need, person) < person.keeps,
  };
}
export type Answers = ReturnType<typeof answersOf>;

export const hourOf = (at: number): number => BY_HOUR[Math.floor(at / 60) % 24]!;

const kmBetween = (need: Need, person: Person) => Math.hypot(need.x - person.x, need.y - person.y);
const shares = (need: Need, person: Person) =>
  person.languages.some((one) => need.languages.includes(one)) ? 1 : OTHER_LANGUAGE;

const asked = (need: Need, person: Person) =>
  READY *
  person.will *
  Math.exp(-kmBetween(need, person) / FADES_KM) *
  (person.kinds.length === 0 ? ANY_KIND : 1) *
  shares(need, person);

const byOffer = (need: Need, person: Person) => OFFER_YES * Math.exp(-kmBetween(need, person) / OFFER_FADES_KM);

const liveOffer = (offers: Offer[] | undefined, need: Need, from: number, to: number) =>
  offers !== undefined && offers.some((offer) => offer.kind === need.kind && offer.opens <= to && offer.ends >= from);

/** Whether nothing may be sent to them then, and when that ends. */
export function wakesAt(person: Person, need: Need, at: number): number {
  if (need.urgency === "urgent" && person.urgentAtNight) return at;
  const hour = Math.floor(at / 60) % 24;
  if (hour < person.quietFrom && hour >= person.quietTo) return at;
  const day = Math.floor(at / DAY) * DAY + (hour >= person.quietFrom ? DAY : 0);
  return day + person.quietTo * 60;
}
