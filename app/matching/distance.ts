/** Kilometres between two snapped points (equirectangular), or null when one of them has none. */
export function distanceKm(
  one: { lat: number | null; lng: number | null },
  other: { lat: number | null; lng: number | null },
): number | null {
  if (one.lat === null || one.lng === null || other.lat === null || other.lng === null) return null;
  const north = (one.lat - other.lat) * 110.57;
  const east = (one.lng - other.lng) * 111.32 * Math.cos((one.lat * Math.PI) / 180);
  return Math.hypot(north, east);
}
