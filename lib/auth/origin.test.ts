import { expect, it } from "vitest";
import { webOrigin } from "@/lib/auth/origin";

it.each([
  ["one hop", "192.0.2.7", "192.0.2.7"],
  ["the nearest hop's word, not what a client claims before it", "203.0.113.9, 192.0.2.7", "192.0.2.7"],
  ["a port", "192.0.2.7:51234", "192.0.2.7"],
  ["IPv6 with a port", "[2001:db8::1]:51234", "2001:db8::1"],
  ["IPv4 in IPv6, as a socket gives it", "::ffff:127.0.0.1", "127.0.0.1"],
  ["text that is no address", "192.0.2.7, <b>somebody</b>", null],
  ["an empty last entry", "192.0.2.7,", null],
  ["no header", undefined, null],
])("the address of %s is known as far as it honestly is", (_what, header, address) => {
  expect(webOrigin(header)).toEqual({ via: "web", address });
});
