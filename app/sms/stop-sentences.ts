import { readsAsWord } from "#app/core/codes.ts";
import { foldWords } from "./fold.ts";

/** A text that has one of these and says nothing else but politeness and what to stop. */
const STRONG = new Set("stop stopall unsubscribe optout unsub basta".split(" "));
/** These must come first. */
const WEAK = new Set("cancel end quit revoke parar pare paren alto cancelar detener".split(" "));
const NOTHING_ELSE = new Set(
  (
    "please pls plz now all it this these those texts text messages message msgs msg sms texting messaging sending contacting " +
    "me us my phone number thanks thank you ok right immediately ya por favor porfa gracias and the from to i said want wanna " +
    "would like mensajes mensaje textos texto de spam asap alerts notifications updates everything any your subscription consent " +
    "forever today already just everyone everybody todo todos los las mis sus estos esos im serious lo digo en serio"
  ).split(" "),
);
const NEGATED =
  /\b((dont|do not|never|wont|will not|not|cant|didnt) (\w+ )?(stop|quit|unsubscribe|cancel|opt|end)|no (pares|paren|pare))\b/;
/** "Not before nine" is a wish about hours, no opt-out. */
const ONLY_FOR_A_WHILE =
  /\b((before|after|until|till|past|antes de|despues de|hasta)( (las?|el|la|next|this|then))? (\d|noon|midnight|tomorrow|manana|work|dark|dawn|morning|lunch|lunes|monday)|a las \d|at (night|work|\d)|tonight|so (late|early)|late at|de noche|por la noche|tan (tarde|temprano)|on (sun|satur|week))/;

const TEXTS = "(texts?|txts?|messages?|msgs?|sms|alerts?|notifications?|updates|spam|mensajes?|textos?|avisos|alertas)";
const SENTENCES = [
  /\b(stop|quit) (texting|txting|messaging|sending|contacting|calling|bothering|spamming|harassing|emailing|writing|annoying)\b/,
  new RegExp(
    `\\b(stop|quit|end|cancel|no more|enough) ((all|the|these|those|this|your|ur|my|sending|getting|receiving|giving|with|me|us|any|more|of|damn|stupid|annoying) ){0,4}${TEXTS}\\b`,
  ),
  /\btake (me|my (number|name|phone)) off( (of )?(the|this|your|ur)( \w+)? lists?| of (here|this)| please)?$/,
  /\btake (me|my (number|name|phone)) off\b.*\blists?\b/,
  /\b(remove|delete|erase) (me|my (number|phone|name|contact|info\w*))\b/,
  /\b(dont|do not) (ever )?(text|txt|message|msg|contact|write|call|bother)( to)?( (me|us|this|again|anymore|any|here|my)\b|$)/,
  /\b(dont|do not) send (me |us )?(any |more |anymore |these |your )*/.source + TEXTS,
  /\b(dont|do not|no longer) (want|wish|need|care)( to)?( (get|receive|have|be))?( (any|your|these|this|more|the|anymore|of|from))* /
    .source + TEXTS,
  /\b(dont|do not) want to be (texted|messaged|contacted|called|bothered)\b/,
  /\bleave (me|us) (alone|be)\b/,
  /\b(lose|forget|erase) (my|this) number\b/,
  /\b(unsubscribe|unsuscribe|opt (me |us )?out|optout)\b/,
  /^(hi |hello |sorry )?(you have |you got |u have |this is |its |ur )?(the |a )?wrong (number|person)( (sorry|please|pls|thanks|bro|dude))*$/,
  /^(hola |perdon )?(es |tiene |tienes |tienen )?(el |un )?(numero|persona) equivocad[oa]( (gracias|perdon|por favor))*$/,
  /^(please |just )?(fuck off|piss off|go away|shut up)\b/,
  /\b(no|nunca) (me|nos) (escrib(an?|as|ir)|contact(en?|es|ar)|texte(en?|es|ar?)|mensaje(en?|es)|molest(en?|es|ar)|llam(en?|es|ar)|busqu(en?|es))\b/,
  /\b(no|nunca) (me|nos) (envi|mand)(en?|es|ar)( (mas|nada|eso|esto|ya|por favor|porfa|sus?|los|tantos|mensajes?|textos?|avisos|alertas))*$/,
  /\bno mas (\w+ ){0,2}?/.source + TEXTS,
  /\b(ya )?no (quiero|deseo|queremos|necesito) (\w+ ){0,3}?/.source + TEXTS,
  /\b(ya )?no (quiero|deseo) (que (me|nos) |recibir(los)?( mas)?$)/,
  /\b(deja|dejen|deje|dejar|paren?|parar) de (escrib|envi|mand|molest|text|contact|llam)\w*/,
  /\bdej(a|e|en)(me|nos) (en paz|tranquil[oa]s?)\b/,
  /\b(dame|darme|denme|deme|darse) de baja\b/,
  /\b(borr|elimin|quit|sac|saqu|remuev|remov)(a|e|en|ar|alo)?(me|nos)( (de|del) (\w+ ){0,2}?(listas?|grupo|aqui|esto|directorio|sistema)| ya| por favor| porfa| please| gracias)*$/,
  /\b(borr|elimin|quit|sac|saqu|remuev|remov)(a|e|en|ar) mi (numero|telefono|nombre|contacto)\b/,
  /\bno (molestar|molesten|moleste)\b/,
  /(لا ترسل|لا تراسل|لا اريد (المزيد من )?(رسايل|الرسايل|هذه الرسايل)|توقفوا عن|توقف عن|اوقفوا? (هذه )?(ال)?رسايل)/,
].map((pattern) => (typeof pattern === "string" ? new RegExp(pattern) : pattern));

/** Somebody asks in a sentence to be left alone. Erring on the side of silence: it is confirmed and can be undone. */
export function isSentenceForStop(text: string): boolean {
  const words = foldWords(text);
  if (text.split(/[.!\n]+/).some((sentence) => foldWords(sentence) === "stop")) return true;
  if (/[,;:] *(please )?stop( please)?[.!\s]*$/i.test(text) || /^wrong (number|person)\b.*\bstop$/.test(words))
    return true;
  if (NEGATED.test(words) || ONLY_FOR_A_WHILE.test(words)) return false;
  if (isStopAndPoliteness(words.split(" "))) return true;
  return !givesBack(words.split(" ")) && SENTENCES.some((pattern) => pattern.test(words));
}

/** "The end" and "cancel 4F2K" are no opt-out, "end please" and "please stop 4F2K" are. */
function isStopAndPoliteness(words: string[]): boolean {
  const strong = words.some((word) => STRONG.has(word)) || /\bopt (me )?out\b/.test(words.join(" "));
  const first = words.find((word) => !/^(please|pls|plz|i|just|por|favor)$/.test(word)) ?? "";
  if (!strong && !WEAK.has(first)) return false;
  return words.every(
    (word) =>
      STRONG.has(word) ||
      WEAK.has(word) ||
      NOTHING_ELSE.has(word) ||
      /^(opt|out)$/.test(word) ||
      (strong && isCodeLike(word)),
  );
}

/** "Take me off 4F2K" gives a promise back. */
function givesBack(words: string[]): boolean {
  return words.some((word, i) => isCodeLike(word) && /^(off|from|of|de|need|code|pedido)$/.test(words[i - 1] ?? ""));
}
const isCodeLike = (word: string) => /^(?=.*\d)(?=.*[a-z])[2-9a-hjkmnp-tv-z]{4}$/.test(word) && !readsAsWord(word);

const ALWAYS_NEAR =
  /\b(stop|stops|pares|stopped|stopping|unsubscribe|opt out|optout|basta|dejenme|ya no quiero|not interested|wrong (number|person))\b/;
const NEAR_IF_SHORT =
  /\b(end|quit|cancel|revoke|parar|pare|paren|alto|detener|cancelar|baja|no mas|take me off|remove)\b/;

/** Folded words. */
export function mentionsStop(words: string): boolean {
  return ALWAYS_NEAR.test(words) || (words.split(" ").length <= 6 && NEAR_IF_SHORT.test(words));
}
