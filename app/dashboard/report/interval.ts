/** The 97.5 % point of the standard normal: what lies outside on both sides is 5 %. */
const Z = 1.959964;

/**
 * Where a share lies with 95 % confidence: the score interval of E. B. Wilson, "Probable Inference, the Law of Succession,
 * and Statistical Inference", JASA 22 (1927). It holds its promise also for few and for shares near 0 and 1.
 *
 * @param of at least 1.
 * @returns both ends between 0 and 1.
 */
export function wilsonInterval(count: number, of: number): { low: number; high: number } {
  const share = count / of;
  const spread = Z * Math.sqrt((share * (1 - share) + (Z * Z) / (4 * of)) / of);
  const scale = 1 + (Z * Z) / of;
  const middle = share + (Z * Z) / (2 * of);
  return { low: Math.max(0, (middle - spread) / scale), high: Math.min(1, (middle + spread) / scale) };
}
