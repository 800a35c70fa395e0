import { expect, test } from "vitest";
import { askingAddress } from "#app/people/asking-address.ts";

test.each([
  ["203.0.113.9", "203.0.113.9"],
  ["::ffff:203.0.113.9", "203.0.113.9"],
  ["2001:db8:0:7:1:2:3:4", "2001:db8:0:7::/64"],
  ["2001:0db8::1", "2001:db8:0:0::/64"],
  ["2001:DB8::7:0:0:0:1", "2001:db8:0:7::/64"],
  ["127.0.0.1", null],
  ["::ffff:10.0.0.3", null],
  ["172.20.0.2", null],
  ["172.32.0.2", "172.32.0.2"],
  ["::1", null],
  ["fe80::1%eth0", null],
  ["fd00::1", null],
  ["", null],
  [undefined, null],
])("a limit counts %s as %s", (peer, asker) => expect(askingAddress(peer)).toBe(asker));
