import { TZDate } from "@date-fns/tz";

export type QuietHours = {
  /** IANA name. */
  timeZone: string;
  /** Whole local hours 0 to 23: from `quietFrom` until `quietTo` nothing arrives that can wait. Equal: never quiet. */
  quietFrom: number;
  quietTo: number;
};

/** `now`, or the end of the quiet hours `now` lies in. */
export function afterQuietHours(now: Date, { timeZone, quietFrom, quietTo }: QuietHours): Date {
  const local = new TZDate(now, timeZone);
  const hour = local.getHours();
  const quiet = quietFrom <= quietTo ? hour >= quietFrom && hour < quietTo : hour >= quietFrom || hour < quietTo;
  if (!quiet) return now;
  const end = new TZDate(local, timeZone);
  end.setHours(quietTo, 0, 0, 0);
  if (end.getTime() <= now.getTime()) end.setDate(end.getDate() + 1);
  return new Date(end.getTime());
}
