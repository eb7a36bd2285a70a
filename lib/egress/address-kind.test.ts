import { describe, expect, test } from "vitest";
import { type AddressKind, addressKind, isSameAddress, isWithin, parseAddress } from "./address-kind";

function addressOf(text: string) {
  const address = parseAddress(text);
  if (address === null) throw new Error(`${text} is no address`);
  return address;
}
const kindOf = (text: string) => addressKind(addressOf(text));

describe("the ranges that IANA and the clouds have set apart", () => {
  // Written down a second time, by hand: the last address before the range, its first, its last, and the first after.
  test.each<[AddressKind, string, string, string, string]>([
    ["unspecified", "255.255.255.255", "0.0.0.0", "0.255.255.255", "1.0.0.0"],
    ["private", "9.255.255.255", "10.0.0.0", "10.255.255.255", "11.0.0.0"],
    ["private", "100.63.255.255", "100.64.0.0", "100.127.255.255", "100.128.0.0"],
    ["loopback", "126.255.255.255", "127.0.0.0", "127.255.255.255", "128.0.0.0"],
    ["link-local", "169.253.255.255", "169.254.0.0", "169.254.255.255", "169.255.0.0"],
    ["metadata", "169.254.169.253", "169.254.169.254", "169.254.169.254", "169.254.169.255"],
    ["metadata", "169.254.170.1", "169.254.170.2", "169.254.170.2", "169.254.170.3"],
    ["metadata", "100.100.100.199", "100.100.100.200", "100.100.100.200", "100.100.100.201"],
    ["metadata", "168.63.129.15", "168.63.129.16", "168.63.129.16", "168.63.129.17"],
    ["private", "172.15.255.255", "172.16.0.0", "172.31.255.255", "172.32.0.0"],
    ["private", "192.167.255.255", "192.168.0.0", "192.168.255.255", "192.169.0.0"],
    ["reserved", "191.255.255.255", "192.0.0.0", "192.0.0.255", "192.0.1.0"],
    ["reserved", "192.0.1.255", "192.0.2.0", "192.0.2.255", "192.0.3.0"],
    ["reserved", "192.31.195.255", "192.31.196.0", "192.31.196.255", "192.31.197.0"],
    ["reserved", "192.52.192.255", "192.52.193.0", "192.52.193.255", "192.52.194.0"],
    ["reserved", "192.88.98.255", "192.88.99.0", "192.88.99.255", "192.88.100.0"],
    ["reserved", "192.175.47.255", "192.175.48.0", "192.175.48.255", "192.175.49.0"],
    ["benchmark", "198.17.255.255", "198.18.0.0", "198.19.255.255", "198.20.0.0"],
    ["reserved", "198.51.99.255", "198.51.100.0", "198.51.100.255", "198.51.101.0"],
    ["reserved", "203.0.112.255", "203.0.113.0", "203.0.113.255", "203.0.114.0"],
    ["multicast", "223.255.255.255", "224.0.0.0", "239.255.255.255", "240.0.0.0"],
    ["reserved", "239.255.255.255", "240.0.0.0", "255.255.255.255", "0.0.0.0"],
    ["loopback", "::", "::1", "::1", "::2"],
    ["metadata", "fd00:ec1:ffff::", "fd00:ec2::", "fd00:ec2:ffff::ffff", "fd00:ec3::"],
    ["metadata", "fd20:ce::253", "fd20:ce::254", "fd20:ce::254", "fd20:ce::255"],
    ["metadata", "fd00:42::41", "fd00:42::42", "fd00:42::42", "fd00:42::43"],
    ["private", "fbff::ffff", "fc00::", "fdff::ffff", "fe00::"],
    ["link-local", "fe7f::ffff", "fe80::", "febf::ffff", "fec0::"],
    ["multicast", "feff::ffff", "ff00::", "ffff::ffff", "::2"],
    ["public", "1fff::ffff", "2003::", "2003:ffff::ffff", "4000::"],
    ["reserved", "2001:db7::ffff", "2001:db8::", "2001:db8:ffff::", "2001:db9::"],
    ["reserved", "2000:ffff::", "2001:2::", "2001:1ff::ffff", "2001:200::"],
    ["reserved", "3ffe:ffff::", "3fff::", "3fff:fff::ffff", "3fff:1000::"],
    ["reserved", "2620:4f:7fff::", "2620:4f:8000::", "2620:4f:8000::ffff", "2620:4f:8001::"],
  ])("%s: %s, from %s to %s, %s", (kind, before, first, last, after) => {
    expect([kindOf(first), kindOf(last)]).toEqual([kind, kind]);
    expect(kindOf(before)).not.toBe(kind);
    expect(kindOf(after)).not.toBe(kind);
  });

  test("the withdrawn site-local addresses are reserved, not merely unlisted private ones", () => {
    expect([kindOf("fec0::"), kindOf("feff::ffff"), kindOf("::")]).toEqual([
      "reserved",
      "reserved",
      "unspecified",
    ]);
  });
});

describe("an IPv4 address inside an IPv6 address", () => {
  test.each<[string, string, AddressKind]>([
    ["mapped", "::ffff:169.254.169.254", "metadata"],
    ["mapped, public", "::ffff:8.8.8.8", "public"],
    ["compatible", "::10.0.0.1", "private"],
    ["translated", "::ffff:0:224.0.0.1", "multicast"],
    ["behind NAT64", "64:ff9b::198.18.0.1", "benchmark"],
    ["6to4", "2002:a00:1::", "private"],
    ["6to4, public", "2002:808:808::1", "public"],
    ["Teredo, of its client", "2001:0:808:808:0:0:80ff:fffe", "loopback"],
    ["Teredo, of its server", "2001:0:7f00:1:0:0:f7f7:f7f7", "loopback"],
    ["Teredo, both public", "2001:0:808:808:0:0:f7f7:f7f7", "public"],
    ["Teredo, a forbidden client of a private server", "2001:0:a00:1:0:0:80ff:fffe", "loopback"],
    ["ISATAP", "2a00:1::5efe:127.0.0.1", "loopback"],
    ["ISATAP with the universal bit", "2a00:1::200:5efe:169.254.169.254", "metadata"],
    ["ISATAP under a forbidden prefix", "fe80::5efe:8.8.8.8", "link-local"],
    ["ISATAP under a forbidden prefix, private", "fe80::5efe:10.0.0.1", "link-local"],
    ["ISATAP under a private prefix", "fd12::5efe:8.8.8.8", "private"],
    ["ISATAP under no prefix in use", "4000::5efe:8.8.8.8", "reserved"],
    ["almost ISATAP: another mark", "2a00:1::5eff:127.0.0.1", "public"],
    ["almost ISATAP: other bits before it", "2a00:1::100:5efe:127.0.0.1", "public"],
  ])("%s: %s is %s", (_what, text, kind) => {
    expect(kindOf(text)).toBe(kind);
  });

  test("is the same address as itself in any of these forms, and in no other one", () => {
    for (const form of ["::ffff:10.0.0.5", "64:ff9b::a00:5", "2002:a00:5::", "2a00:1::5efe:10.0.0.5"]) {
      expect(isSameAddress(form, "10.0.0.5")).toBe(true);
      expect(isSameAddress("10.0.0.5", form)).toBe(true);
      expect(isSameAddress(form, "10.0.0.6")).toBe(false);
    }
    expect(isSameAddress("::ffff:10.0.0.5", "64:ff9b::a00:5")).toBe(true);
    expect(isSameAddress("2a00:1::1", "2a00:1::1")).toBe(true);
    expect(isSameAddress("2a00:1::1", "2a00:1::2")).toBe(false);
    expect(isSameAddress("10.0.0.5", "db.example")).toBe(false);
    expect(isSameAddress("db.example", "10.0.0.5")).toBe(false);
  });
});

describe("what is read as an address", () => {
  test.each(["10.0.0.1", "::1", "[::1]", "::ffff:10.0.0.1"])("%s is", (text) => {
    expect(parseAddress(text)).not.toBeNull();
  });

  test.each([
    "",
    "10.1",
    "0x7f.0.0.1",
    "2130706433",
    "[10.0.0.1]",
    "x[::1]",
    "1[::1]",
    "[::1]1",
    "[::1]x",
    "[::1",
    "::1]",
    "a.b",
  ])("%j is not", (text) => {
    expect(parseAddress(text)).toBeNull();
  });

  test("an address lies only in ranges of its own family", () => {
    expect(isWithin(addressOf("10.0.0.1"), "10.0.0.0/8")).toBe(true);
    expect(isWithin(addressOf("11.0.0.1"), "10.0.0.0/8")).toBe(false);
    expect(isWithin(addressOf("10.0.0.1"), "::/0")).toBe(false);
    expect(isWithin(addressOf("fd12::1"), "0.0.0.0/0")).toBe(false);
  });
});
