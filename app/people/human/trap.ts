/** Sounds like what a spammer wants to fill in, and like nothing a browser fills in by itself. */
export const TRAP = "website_of_company";

/** Whether a program filled in this form. */
export const isTrapped = (values: Record<string, string | undefined>): boolean => Boolean(values[TRAP]?.trim());
