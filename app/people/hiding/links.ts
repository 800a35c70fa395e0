type Range = [start: number, end: number];

const LABEL = "[\\p{L}\\p{N}_-]+";
const OPENED = "[([{<]\\s*";
const CLOSED = "\\s*[)\\]}>]";
const AT = `(?:\\s*@\\s*|\\s*${OPENED}(?:at|arroba|@)${CLOSED}\\s*|\\s+(?:at|arroba|ات)\\s+)`;
const SAID_DOT = `(?:\\s*${OPENED}(?:dot|punto|\\.)${CLOSED}\\s*|\\s+(?:dot|punto|نقطه|نقطة)\\s+)`;
const JOINT = `(?:${SAID_DOT}|\\s+(?:underscore|dash|hyphen|minus|plus|guion bajo|guion|mas)\\s+)`;
const NAME = `(?<![\\p{L}\\p{N}._%+'-])[\\p{L}\\p{N}._%+'-]+(?:${JOINT}[\\p{L}\\p{N}._%+'-]+)*`;
/** Endings that are nothing else when somebody says "dot" before them, or leaves a space. */
const SURE =
  "(?:com|org|net|edu|gov|info|io|co|app|me|us|uk|es|mx|de|fr|it|br|ar|ly|gg|tv|be|xyz|link|site|online|page)";
const PATH = "(?::\\d+)?(?:[/?#]\\S*)?";
const SERVICES = "(?:gmail|googlemail|yahoo|hotmail|outlook|icloud|protonmail|proton|aol|msn|gmx)";

const PATTERNS = [
  /\b[a-z][a-z0-9+.-]{1,11}\s?:\s?\/\s?\/\s?\S+/gu,
  /\b(?:mailto|tel|sms|smsto|whatsapp|signal|tg|skype)\s?:\s?\S+/gu,
  /(?<![\p{L}\p{N}])www\s?\.\s?\S+/gu,
  new RegExp(`${NAME}@${LABEL}(?:\\s?\\.\\s?${LABEL})*`, "gu"),
  new RegExp(`${NAME}${AT}${LABEL}(?:${SAID_DOT}${LABEL})+`, "gu"),
  new RegExp(`${NAME}\\s*@\\s*${LABEL}(?:\\s*\\.\\s*${LABEL})+`, "gu"),
  new RegExp(`${NAME}${AT}${SERVICES}(?![\\p{L}\\p{N}])`, "gu"),
  new RegExp(`(?:${LABEL}${SAID_DOT})+${SURE}(?![\\p{L}\\p{N}])(?:\\s*(?:slash|barra|/)\\s*\\S+)*`, "gu"),
  new RegExp(`${LABEL}(?:\\s+\\.\\s*|\\s*\\.\\s+)(?:com|org|net|edu|gov|io)(?![\\p{L}\\p{N}])(?:/\\S*)?`, "gu"),
];
/** `example.org`, `t.me/ana`, and with what makes an address of it: `ana at example.org`. */
const DOMAIN = new RegExp(
  `(?:${NAME}${AT})?(?<![\\p{L}\\p{N}_@-])((?:${LABEL}\\.)+)([\\p{L}][\\p{L}\\p{N}-]*)(?![\\p{L}\\p{N}])${PATH}`,
  "gu",
);
const HANDLE = /(?<![\p{L}\p{N}])@[\p{L}_][\p{L}\p{N}_.-]{2,}/gu;
const CODE = /^@[2-9a-hjkmnp-tv-z]{4,6}$/;
const ENDINGS = new RegExp(
  `^(?:${SURE}|biz|name|pro|mobi|club|shop|store|blog|chat|cloud|dev|tech|news|live|life|world|space|website|help|foundation|ngo|ong|care|community|city|nyc|eu|int|mil|museum|travel|jobs|tel|cat|asia|web|ca|cn|jp|ru|au|nz|in|za|ch|at|nl|se|dk|fi|pl|cz|pt|gr|ie|il|ae|sa|eg|jo|ma|tn|dz|iq|sy|lb|ps|tr|ir|pk|bd|kr|tw|hk|sg|my|th|vn|ph|cl|pe|ve|ec|bo|py|uy|gt|hn|ni|cr|pa|do|cu|pr|ht|ke|ng|gh|et|ug|tz|cc|ws|sh|st|to|la|ai|im|is|fm|vc|su|id|ro|hu|bg|ua|rs|hr|si|sk|lt|lv|ee|lu|mt|cy)$`,
);
/** Endings that are also words: a full stop without a space after it is likelier than a link. */
const ALSO_WORDS =
  /^(?:in|at|to|is|do|la|se|pa|su|si|my|cat|live|life|world|space|help|care|city|news|name|pro|web|st|im|id|no|so|be|it)$/;

/** Where a text in plain letters says a link, an e-mail address or the name of an account elsewhere. */
export function linksIn(given: string): Range[] {
  const plain = given.replace(/_(dot|at|arroba|punto)_/g, " $1 ");
  const found: Range[] = PATTERNS.flatMap((pattern) => [...plain.matchAll(pattern)].map(rangeOf));
  for (const match of plain.matchAll(DOMAIN)) if (isDomain(match)) found.push(rangeOf(match));
  for (const match of plain.matchAll(HANDLE)) if (!isCode(match[0])) found.push(rangeOf(match));
  return found;
}

/** Sentences end where addresses do: the full stop or bracket after one is not part of it. */
function rangeOf({ 0: said, index }: RegExpMatchArray): Range {
  return [index!, index! + said.replace(/[.,;:!?)\]}>"']+$/u, "").length];
}

function isDomain(match: RegExpMatchArray): boolean {
  const labels = match[1]!.split(".").filter(Boolean);
  const ending = match[2]!;
  if (!ENDINGS.test(ending) || !labels.some((label) => /\p{L}/u.test(label))) return false;
  const said = match[0];
  const sure = labels.length > 1 || /[/@]/.test(said) || /[\d-]/.test(labels[0]!);
  return sure || !ALSO_WORDS.test(ending);
}

/** `@4F2K` names a post. */
const isCode = (said: string) => CODE.test(said) && /\d/.test(said);
