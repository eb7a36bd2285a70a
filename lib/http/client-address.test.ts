import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseTrustedProxies } from "@/lib/text/trusted-proxies";
import { addressKey, clientAddress } from "./client-address";

function trusting(text: string) {
  const trusted = parseTrustedProxies(text);
  if (!trusted) throw new Error(`${text} is not read as TRUSTED_PROXIES`);
  return trusted;
}

const client = "203.0.113.9";
const proxy = "10.0.0.5";

describe("the address of a client", () => {
  it.each([
    ["no proxies and no header", "", "192.0.2.7", null, "192.0.2.7"],
    ["no proxies, whatever the header claims", "", "192.0.2.7", `${client}, 198.51.100.1`, "192.0.2.7"],
    ["no proxies, spelled as zero", "0", "192.0.2.7", client, "192.0.2.7"],
    ["one proxy", "1", proxy, client, client],
    ["one proxy, and a claim before its entry", "1", proxy, `198.51.100.1, ${client}`, client],
    ["one proxy that sent no header", "1", proxy, null, proxy],
    ["two proxies", "2", proxy, `198.51.100.1, ${client}, 10.0.0.6`, client],
    ["two proxies, one of them gone around", "2", "192.0.2.7", client, "192.0.2.7"],
    ["a proxy by its range", "10.0.0.0/8", proxy, `198.51.100.1, ${client}`, client],
    ["proxies by their ranges", "10.0.0.0/8, fd00::/8", proxy, `${client}, fd00::2, 10.9.9.9`, client],
    ["a proxy outside the ranges", "10.0.0.0/8", "192.0.2.7", client, "192.0.2.7"],
    ["an entry that is no address", "10.0.0.0/8", proxy, `${client}, <b>somebody</b>`, proxy],
    ["an entry that is no address, by hops", "1", proxy, "<b>somebody</b>", proxy],
    ["a request from within the ranges", "10.0.0.0/8", proxy, "10.1.1.1", "10.1.1.1"],
    ["an entry with a port", "1", proxy, `${client}:51234`, client],
    ["an IPv6 entry with a port", "1", proxy, "[2001:db8::1]:51234", "2001:db8::1"],
    ["IPv4 in IPv6, as a socket gives it", "", "::ffff:127.0.0.1", null, "127.0.0.1"],
    ["a proxy by its IPv4 range, heard over IPv6", "10.0.0.0/8", "::ffff:10.0.0.5", client, client],
    ["a link-local peer with its zone", "", "fe80::1%eth0", null, "fe80::1"],
    ["no connection that is known", "1", null, client, null],
  ])("behind %s is known as far as trusted parties say it", (_what, trusted, peer, forwardedFor, address) => {
    expect(clientAddress({ peer, forwardedFor }, trusting(trusted))).toBe(address);
  });

  it("is never changed by what a client writes before its proxy's entry", () => {
    const claims = fc.oneof(fc.string(), fc.ipV4(), fc.ipV6(), fc.constantFrom(",", " , ,", proxy, "::1"));
    fc.assert(
      fc.property(fc.array(claims), fc.constantFrom("1", "10.0.0.0/8"), (claimed, trusted) => {
        const forwardedFor = [...claimed, client].join(", ");
        expect(clientAddress({ peer: proxy, forwardedFor }, trusting(trusted))).toBe(client);
        expect(clientAddress({ peer: client, forwardedFor }, trusting(""))).toBe(client);
      }),
    );
  });
});

describe("limits count", () => {
  it.each([
    ["192.0.2.7", "192.0.2.7"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["::ffff:c000:207", "192.0.2.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:db8:1:2:ffff::", "2001:db8:1:2::/64"],
    ["2001:DB8:1:3::1", "2001:db8:1:3::/64"],
    [null, "unknown"],
    ["nonsense", "unknown"],
  ])("%s as %s", (address, key) => {
    expect(addressKey(address)).toBe(key);
  });
});

describe("TRUSTED_PROXIES", () => {
  it.each([
    "-1",
    "17",
    "1.5",
    "proxy.example.com",
    "10.0.0.0/33",
    "0.0.0.0/0",
    "::/0",
    "10.0.0.1,",
    "1, 10.0.0.1",
  ])("is refused as %j", (text) => {
    expect(parseTrustedProxies(text)).toBeNull();
  });
});
