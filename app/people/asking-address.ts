const PRIVATE = /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.)/;

/**
 * What a limit by network address counts as one asker: an IPv4 address, or the /64 that one IPv6 customer is given whole.
 * Null for loopback and private addresses: there it is our own proxy, or a neighbourhood's one network, and a limit
 * would shut everybody out at once.
 */
export function askingAddress(peer: string | null | undefined): string | null {
  const address = (peer ?? "")
    .toLowerCase()
    .split("%")[0]!
    .replace(/^::ffff:(?=\d+\.)/, "");
  if (!address) return null;
  if (!address.includes(":")) return PRIVATE.test(address) ? null : address;
  const [head = "", tail] = address.split("::");
  const start = head.split(":").filter(Boolean);
  const end = (tail ?? "").split(":").filter(Boolean);
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - start.length - end.length);
  const groups = [...start, ...Array.from({ length: zeros }, () => "0"), ...end].map((group) =>
    group.replace(/^0+(?=.)/, ""),
  );
  const isOwn = /^(f[cd]|fe[89ab])/.test(start[0] ?? "") || groups.join(":") === "0:0:0:0:0:0:0:1";
  return isOwn ? null : `${groups.slice(0, 4).join(":")}::/64`;
}

/** The network that an asking address lies in: an IPv4 /24, or the IPv6 /48 that one provider gives to one place. */
export const networkOf = (address: string): string =>
  address.includes(":") ? `${address.split(":").slice(0, 3).join(":")}::/48` : address.split(".").slice(0, 3).join(".");
