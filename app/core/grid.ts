const KM_PER_DEGREE = 110.57;
const GRID_KM = 1;

/**
 * The middle of the fixed ~1 km grid cell a coordinate lies in. Snapped once, before it is stored: a random offset could
 * be averaged away, and one computed per view could be inverted.
 */
export function snapToGrid({ lat, lng }: { lat: number; lng: number }): { lat: number; lng: number } {
  const latStep = GRID_KM / KM_PER_DEGREE;
  const row = Math.floor(lat / latStep);
  const rowMiddle = (row + 0.5) * latStep;
  const lngStep = GRID_KM / (111.32 * Math.max(0.01, Math.cos((rowMiddle * Math.PI) / 180)));
  const column = Math.floor(lng / lngStep);
  const round = (value: number) => Math.round(value * 1e5) / 1e5;
  return { lat: round(rowMiddle), lng: round((column + 0.5) * lngStep) };
}
