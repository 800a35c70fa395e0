export type Why = "off" | "cannot" | "blocked" | "stopped" | "other";

/** Twilio's error codes in families a coordinator can act on: https://www.twilio.com/docs/api/errors */
const FAMILIES: Record<string, Why> = {
  "30003": "off",
  "30005": "cannot",
  "30006": "cannot",
  "21211": "cannot",
  "21614": "cannot",
  "30007": "blocked",
  "30032": "blocked",
  "30034": "blocked",
  "21610": "stopped",
};

export const whyOf = (errorCode: string | null): Why => FAMILIES[errorCode ?? ""] ?? "other";
