/** What a tool says is wrong. */
export type Finding = { tool: "wapiti" | "sqlmap"; kind: string; where: string; what: string };

/** What one tool did as one person. */
export type Scan = {
  tool: Finding["tool"];
  as: string;
  /** As far as the tool tells. */
  payloads: number;
  /** What there was to scan, and what was not reached in the time given. */
  targets: number;
  left: number;
  /** How often it was refused with which status, as far as the tool tells. */
  statuses: Record<string, number>;
  findings: Finding[];
};

/** What is known, and why it is no hole. One of these is told, and fails nothing. */
const EXPLAINED: [tool: Finding["tool"], kind: string, what: RegExp, why: string][] = [
  ["wapiti", "HTTP Secure Headers", /X-Frame-Options/, "Browsers heed frame-ancestors 'none' of the content policy."],
  ["wapiti", "HTTP Secure Headers", /X-XSS-Protection/, "No browser has that filter any more; it made holes itself."],
  [
    "wapiti",
    "HTTP Secure Headers",
    /Strict-Transport-Security/,
    "Sent when PUBLIC_URL is https, which it is not here.",
  ],
  [
    "wapiti",
    "Secure Flag cookie",
    /./,
    "Set, with the prefix __Host-, when PUBLIC_URL is https, which it is not here.",
  ],
  [
    "wapiti",
    "Backup file",
    /\/p\/\w{4,5}\W/,
    "It is the post itself: codes are read as people write them, with any stroke after them.",
  ],
  [
    "wapiti",
    "Cross Site Request Forgery",
    /./,
    "No token is needed: the guard refuses forms by Sec-Fetch-Site, Origin and Referer.",
  ],
];

export const explanationOf = (finding: Finding): string | null =>
  EXPLAINED.find(
    ([tool, kind, what]) => tool === finding.tool && kind === finding.kind && what.test(finding.what),
  )?.[3] ?? null;
