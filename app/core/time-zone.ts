/**
 * The installation's time zone (IANA name): the machine's, which `TZ` sets. Times on public pages are told in it, and
 * new people start with it.
 */
export const homeZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;
