import { foldWords } from "#app/sms/fold.ts";
import type { Choice } from "./conversation.ts";

/** Words that are in every wish and say nothing about what is wished for. */
const EMPTY_WORDS = new Set(
  (
    "a an the some for of to in on and or we i me my our please need help with from at is are have has any more lot lots new " +
    "un una unos unas el la los las de del para por con y o en mi mis nuestro favor necesito ayuda algo mas hay nos me que"
  ).split(" "),
);

/** What people call things that categories call otherwise, folded: their word → words of the category's name or slug. */
const OTHER_WORDS: Record<string, string> = {
  food: "meals groceries",
  meal: "meals",
  dinner: "meals",
  lunch: "meals",
  soup: "meals",
  comida: "comidas despensa",
  cena: "comidas",
  almuerzo: "comidas",
  sopa: "comidas",
  despensa: "despensa",
  grocery: "groceries",
  mandado: "despensa",
  water: "water",
  agua: "agua",
  blanket: "blankets",
  blankets: "blankets",
  cobija: "cobijas",
  manta: "cobijas",
  mantas: "cobijas",
  frazada: "cobijas",
  frazadas: "cobijas",
  coat: "clothes",
  coats: "clothes",
  jacket: "clothes",
  jackets: "clothes",
  shoes: "clothes",
  socks: "clothes",
  ropa: "ropa",
  chamarra: "ropa",
  abrigo: "ropa",
  zapatos: "ropa",
  diapers: "baby",
  panales: "bebe",
  formula: "baby",
  tent: "tents",
  carpa: "carpas",
  soap: "hygiene",
  jabon: "higiene",
  medicines: "medicine",
  meds: "medicine",
  medicina: "medicinas",
  charger: "chargers",
  charging: "chargers",
};

const stem = (word: string) => word.replace(/(es|s|e)$/, "");
const wordsIn = (text: string) =>
  foldWords(text)
    .split(" ")
    .filter((word) => word.length > 2 && !EMPTY_WORDS.has(word));

/**
 * What a wish is about, from its words: the choices with the most words in common, in any language; several when it
 * cannot be told. PURE.
 */
export function matchChoices(text: string, choices: Choice[]): Choice[] {
  const wished = new Set(
    wordsIn(text).flatMap((word) => [stem(word), ...(OTHER_WORDS[word]?.split(" ") ?? []).map(stem)]),
  );
  if (wished.size === 0) return [];
  const scored = choices
    .filter(({ categoryId }) => categoryId !== null)
    .map((choice) => ({ choice, score: bestName(choice.names, wished) }))
    .filter(({ score }) => score > 0);
  const best = Math.max(0, ...scored.map(({ score }) => score));
  return scored.filter(({ score }) => score === best).map(({ choice }) => choice);
}

/** Whether these words are nothing but a number and one of these names: "6 blankets". PURE. */
export function saysOnly(text: string, names: string[]): boolean {
  const said = wordsIn(text).filter((word) => !/^\d+$/.test(word));
  return (
    said.length > 0 &&
    names.some((name) => {
      const stems = new Set(wordsIn(name).map(stem));
      return said.every((word) => stems.has(stem(word)));
    })
  );
}

/** How many different words of its best name are wished for; of equals the name of which least is left counts more. */
function bestName(names: string[], wished: Set<string>): number {
  const scores = names.map((name) => {
    const words = [...new Set(wordsIn(name).map(stem))];
    const said = words.filter((word) => wished.has(word)).length;
    return said === 0 ? 0 : said + said / words.length;
  });
  return Math.max(0, ...scores);
}
