import { wakesAt, type Answers } from "./answers.ts";
import { makeFlow } from "./flow.ts";
import { WEEK } from "./model.ts";
import type { Need, World } from "./world.ts";

/**
 * What could be reached by somebody who knows every answer in advance: the most that any policy can reach in this world with
 * these answers, and a little more. It knows who would say yes at any moment up to the deadline, how soon, and whether they
 * keep it; it asks only those, so nobody tires and nobody hands back. What binds it is what binds everybody: wishes, quiet
 * hours, delays, one promise of one person for one need, and how much each person promises in a week.
 *
 * Exact: hands are given to needs along augmenting paths, needs of fewer hands first. The sets of hands that can be given
 * are independent sets of a matroid, so taking the heaviest first (a hand of a need of n weighs 1/n) gives the highest sum
 * of shares; and no policy can meet more needs in full than that sum.
 *
 * @returns for each need how many hands, and at what minute each could have been promised at the earliest.
 */
export function clairvoyant(world: World, answers: Answers): { hands: number; at: number[] }[] {
  const weeks = 2 + Math.floor(Math.max(0, ...world.needs.map((need) => need.deadline)) / WEEK);
  const flow = makeFlow();
  const slots = world.people.flatMap(({ perWeek }) => Array.from({ length: weeks }, () => flow.slot(perWeek)));
  const given = world.needs.map((): { hands: number; at: number[] } => ({ hands: 0, at: [] }));
  for (const need of world.needs.toSorted((a, b) => a.hands - b.hands)) {
    const earliest = willing(world, answers, need);
    const from = flow.need();
    for (const one of earliest)
      flow.part(
        from,
        slotsOf(one, need).map((week) => slots[one.person * weeks + week]!),
      );
    while (given[need.at]!.hands < need.hands && flow.augment(from)) given[need.at]!.hands++;
    given[need.at]!.at = earliest
      .map(({ from }) => from)
      .toSorted((a, b) => a - b)
      .slice(0, given[need.at]!.hands);
  }
  return given;
}

/** Who would say yes and keep it, and when their yes would come at the earliest. */
function willing(world: World, answers: Answers, need: Need) {
  return world.people.flatMap((person) => {
    if (!answers.wants(need, person) || !answers.mightSay(need, person) || !answers.keeps(need, person)) return [];
    const from = wakesAt(person, need, need.opens) + answers.delay(need, person);
    return from < need.deadline ? [{ person: person.at, from }] : [];
  });
}

/** The weeks in which that yes could come. */
function slotsOf({ from }: { from: number }, { deadline }: Need): number[] {
  const first = Math.floor(from / WEEK);
  return Array.from({ length: Math.floor(deadline / WEEK) - first + 1 }, (_, more) => first + more);
}
