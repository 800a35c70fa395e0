import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { sqlMistakes } from "./sql.ts";

type Node = { type: string; start?: number | null } & Record<string, unknown>;
type Path = { node: Node };
type Mutator = { name: string; mutate: (path: Path) => Iterable<Node> };
type Element = { type: "TemplateElement"; value: { raw: string; cooked?: string }; tail: boolean };
type Tagged = Node & { tag: Node & { name?: string }; quasi: { quasis: Element[]; expressions: Node[] } };

const SQL_MISTAKES = ["SqlCondition", "SqlBorder", "SqlOrder", "SqlWrite"];

/**
 * Teaches Stryker mistakes in SQL, and to make only a share of all mistakes: always the same of one seed, so that they
 * stand for the others. Stryker takes no mutators from outside, so they go into its own list.
 */
export async function addMutators({ share, seed }: { share: number; seed: string }): Promise<void> {
  const known = await mutatorsOfStryker();
  known.push(...SQL_MISTAKES.map((name) => ({ name, mutate: (path: Path) => mistaken(path.node, name) })));
  if (share >= 1) return;
  const isChosen = (key: string): boolean =>
    createHash("sha256").update(`${seed} ${key}`).digest().readUInt32BE() / 2 ** 32 < share;
  for (const mutator of known) {
    const every = mutator.mutate.bind(mutator);
    mutator.mutate = (path) =>
      [...every(path)].filter((_, at) => isChosen(`${mutator.name} ${path.node.start ?? 0} ${at}`));
  }
}

/** By path: the package shows only its front door. */
async function mutatorsOfStryker(): Promise<Mutator[]> {
  const core = createRequire(import.meta.url).resolve("@stryker-mutator/core/package.json");
  const instrumenter = createRequire(core).resolve("@stryker-mutator/instrumenter");
  const { allMutators } = await import(pathToFileURL(join(dirname(instrumenter), "mutators/mutate.js")).href);
  return allMutators as Mutator[];
}

function* mistaken(node: Node, name: string): Generator<Node> {
  if (node.type !== "TaggedTemplateExpression") return;
  const { tag, quasi, ...rest } = node as Tagged;
  if (!/^sql$/u.test(tag.name ?? String((tag["property"] as Node | undefined)?.["name"]))) return;
  const text = quasi.quasis.map(({ value }, at) => value.raw + (quasi.expressions[at] ? `\0${at}\0` : "")).join("");
  for (const mistake of sqlMistakes(text)) {
    if (mistake.name === name) yield { ...rest, tag, quasi: templateOf(mistake.text, quasi.expressions) } as Node;
  }
}

/** The other way round: what JavaScript puts in goes back to its place, unless the mistake took it away. */
function templateOf(text: string, expressions: Node[]): Node {
  const parts = text.split(/\0(\d+)\0/u);
  const raws = parts.filter((_, at) => at % 2 === 0);
  return {
    type: "TemplateLiteral",
    quasis: raws.map((raw, at) => ({ type: "TemplateElement", value: { raw }, tail: at === raws.length - 1 })),
    expressions: parts.filter((_, at) => at % 2 === 1).map((at) => structuredClone(expressions[Number(at)]!)),
  } as unknown as Node;
}
