/** Kilometres between two snapped points, the same both ways (equirectangular at their middle), or null when one of them has none. */
export function distanceKm(
  one: { lat: number | null; lng: number | null },
  other: { lat: number | null; lng: number | null },
): number | null {
  if (one.lat === null || one.lng === null || other.lat === null || other.lng === null) return null;
  const north = (one.lat - other.lat) * 110.57;
  const around = Math.abs(one.lng - other.lng);
  const middle = ((one.lat + other.lat) / 2) * (Math.PI / 180);
  const east = Math.min(around, 360 - around) * 111.32 * Math.cos(middle);
  return Math.hypot(north, east);
}
