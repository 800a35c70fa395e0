export const FITS = ["well", "partly"] as const;

/** An offer that can serve a need of another kind, in the reader's words. `group`: the offer's, where it is another. */
export type FitView = {
  need: { id: string; name: string };
  offer: { id: string; name: string };
  group: string | null;
  fit: (typeof FITS)[number];
};
