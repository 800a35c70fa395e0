/** Eastside, a neighbourhood that does not exist, laid over a corner of a real map. Coordinates are snapped when loaded. */
export const PLACES = {
  park: { name: "Maple Park", lat: 42.3391, lng: -83.0218 },
  gate: { name: "North Gate", lat: 42.3524, lng: -83.0307 },
  library: { name: "Library steps", lat: 42.3312, lng: -83.0459 },
  river: { name: "Riverside camp", lat: 42.3244, lng: -83.0136 },
  mill: { name: "Old Mill", lat: 42.3478, lng: -83.0085 },
  harbor: { name: "Harbor Street", lat: 42.3187, lng: -83.0402 },
  hall: { name: "St. Brigid's hall", lat: 42.3365, lng: -83.0331 },
  depot: { name: "Bus depot", lat: 42.3441, lng: -83.0523 },
  gym: { name: "School gym", lat: 42.3557, lng: -83.0162 },
} as const;

export type PlaceKey = keyof typeof PLACES;
