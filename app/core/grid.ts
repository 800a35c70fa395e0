/** Kilometres of a degree of latitude, and of longitude at the equator, as every distance here is counted. */
export const KM_PER_DEGREE = 110.57;
export const KM_PER_DEGREE_EAST = 111.32;
const GRID_KM = 1;

export type Spot = { lat: number; lng: number };

/** How many kilometres a degree of longitude is at a latitude; the poles are kept from dividing by nothing. */
export const kmPerDegreeEast = (lat: number): number =>
  KM_PER_DEGREE_EAST * Math.max(0.01, Math.cos((lat * Math.PI) / 180));

/** The square of `km` by `km` a coordinate lies in: rows are counted from the equator, columns from Greenwich. */
export function cellAt({ lat, lng }: Spot, km: number): { row: number; column: number } {
  const row = Math.floor((lat * KM_PER_DEGREE) / km);
  const middle = ((row + 0.5) * km) / KM_PER_DEGREE;
  return { row, column: Math.floor((lng * kmPerDegreeEast(middle)) / km) };
}

/**
 * The middle of the fixed ~1 km grid cell a coordinate lies in. Snapped once, before it is stored: a random offset could
 * be averaged away, and one computed per view could be inverted.
 */
export function snapToGrid({ lat, lng }: Spot): Spot {
  const latStep = GRID_KM / KM_PER_DEGREE;
  const row = Math.floor(lat / latStep);
  const rowMiddle = (row + 0.5) * latStep;
  const lngStep = GRID_KM / kmPerDegreeEast(rowMiddle);
  const column = Math.floor(lng / lngStep);
  const round = (value: number) => Math.round(value * 1e5) / 1e5;
  return { lat: round(rowMiddle), lng: round((column + 0.5) * lngStep) };
}
