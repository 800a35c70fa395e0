import { plainDigits } from "#app/core/codes.ts";
import { foldWords, tokensOf } from "#app/sms/fold.ts";
import { joinThousands, numberIn } from "#app/sms/amounts.ts";
import type { WhenAnswer } from "#app/posts/answers.ts";

/** A number that stands for itself: `20`, `(20)`, `20.`, `veinte` is none. For choosing from a numbered list. */
export function choiceIn(text: string): number | null {
  const words = foldWords(text);
  return /^\d{1,2}$/.test(words) ? Number(words) : words.includes(" ") ? null : numberIn(words);
}

/**
 * How many, from the first words somebody typed: "20 blankets" says it, "size 40 shoes" does not, so only a number that
 * stands first, or after FOR, counts.
 */
export function amountInWords(text: string): number | null {
  const tokens = joinThousands(tokensOf(text), text);
  if (!tokens) return null;
  const [first, second, third] = tokens.map(({ word }) => word);
  if (first && second && !/^(am|pm|st|nd|rd|th|x)$/.test(second) && !/^(a|an|un|una)$/.test(first)) {
    const n = numberIn(first);
    if (n !== null) return n;
  }
  const last = /^(for|para)$/.test(second ?? "") ? third : undefined;
  return last && tokens.length <= 4 ? numberIn(last) : null;
}

/** How many, as an answer to that question: the one number in it. `null` where there is none or several. */
export function amountIn(text: string): number | null {
  const tokens = joinThousands(tokensOf(text), text);
  if (!tokens) return null;
  const numbers = tokens.flatMap(({ word }) => {
    const n = numberIn(plainDigits(word).replace(/^(\d+)[a-z]+$/, "$1"));
    return n === null || /^(a|an|un|una)$/.test(word) ? [] : [n];
  });
  if (numbers.length === 0 && /^(a|an|un|una|just me|solo yo|me|yo)$/.test(foldWords(text))) return 1;
  return numbers.length === 1 ? numbers[0]! : null;
}

const WHEN: [WhenAnswer, string][] = [
  ["today", "1|one|uno|today|tonight|now|asap|urgent|hoy|ahora|ya|urgente|esta noche|اليوم|الان|الليله|الليلة"],
  ["days", "2|two|dos|tomorrow|next days|this week|soon|manana|proximos dias|esta semana|pronto|غدا|قريبا"],
  ["open", "3|three|tres|wait|it can wait|any ?time|whenever|no rush|no hurry|puede esperar|sin prisa|لاحقا"],
];

/** When it is needed; `exact` where the words say nothing else. Null where they do not say it ("Thursday at 5"). */
export function whenIn(text: string): { when: WhenAnswer; exact: boolean } | null {
  const words = foldWords(text);
  for (const [when, said] of WHEN) {
    const found = new RegExp(`(?:^| )(${said})(?= |$)`, "u").exec(words)?.[1];
    if (found) return { when, exact: found === words };
  }
  return null;
}

/** They'd rather not say where. */
export const isNowhere = (text: string): boolean =>
  /^(0|no|none|skip|pass|not sure|i am not sure|im not sure|dont know|no se|nada|saltar|paso|لا)$/.test(foldWords(text));

/** A house number makes it an address: those are not for the board. "5th and Main" is a place. */
export const isAddress = (text: string): boolean =>
  tokensOf(text).length > 1 && /(^|[\s#])\d{1,5}[a-z]?(?=$|[\s,.])/i.test(plainDigits(text));

/** They changed their mind about the whole post. CANCEL itself belongs to the carriers: it ends all texts. */
export const isForget = (text: string): boolean =>
  /^(never ?mind|forget (it|that|about it)|drop it|i changed my mind|i dont (want|need) (it|anything)( any ?more)?|cancela(r|lo)?|salir|borrar|olvida(lo|te)?|olvidelo|deja(lo)?|ya no|ya no (lo )?(quiero|necesito)( nada)?|no quiero( ya)? nada|mejor no)$/.test(
    foldWords(text).replace(/ (gracias|thanks|thank you|por favor|please)$/, ""),
  );

/** Yes, or SEND. */
export const isYes = (text: string): boolean =>
  /^(1|y|yes|yep|yeah|ok|okay|si|sip|claro|dale|send|send it|enviar|envia|enviala|enviar ya|نعم|ارسل)$/.test(
    foldWords(text),
  );
