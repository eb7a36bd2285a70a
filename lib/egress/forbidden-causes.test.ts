import { describe, expect, test } from "vitest";
import { parseAllowRules } from "./allow-rules";
import type { AddressCause } from "./failure";
import type { EgressPolicy } from "./policy";
import { refuseUrl, resolveTarget } from "./resolve-target";
import { startTimeLimit } from "./time-limit";

const open: EgressPolicy = {
  mode: "open",
  allow: [],
  loopback: false,
  forbiddenEndpoints: [{ host: "db.example", port: 8443 }],
};

/** Judges as a call does, as far as a connection; `addresses` are what the name stands for. */
async function judge(policy: EgressPolicy, origin: string, ...addresses: string[]) {
  const url = new URL(origin);
  const refused = refuseUrl(policy, url);
  if (refused !== null) return refused;
  const limit = startTimeLimit(1_000);
  const resolved = await resolveTarget(policy, url, async () => addresses, limit);
  limit.clear();
  return resolved.ok ? "let through" : resolved.failure;
}

describe("an address that is refused says which kind it is", () => {
  const typed: readonly (readonly [origin: string, cause: AddressCause])[] = [
    ["https://127.0.0.1", "loopback"],
    ["https://127.0.1.1:8443", "loopback"],
    ["https://[::1]", "loopback"],
    ["https://[::ffff:127.0.0.1]", "loopback"],
    ["https://169.254.7.7", "link-local"],
    ["https://[fe80::1]", "link-local"],
    ["https://169.254.169.254", "metadata"],
    ["https://[fd00:ec2::254]", "metadata"],
    ["https://0.0.0.0", "unspecified"],
    ["https://[::]", "unspecified"],
    ["https://224.0.0.1", "multicast"],
    ["https://[ff02::1]", "multicast"],
    ["https://198.18.0.1", "benchmark"],
    ["https://198.19.255.254", "benchmark"],
    ["https://[64:ff9b::198.18.0.1]", "benchmark"],
    ["https://192.0.2.1", "reserved"],
    ["https://203.0.113.9", "reserved"],
    ["https://[2001:db8::1]", "reserved"],
    ["https://db.example:8443", "portal"],
  ];
  test.each(typed)("%s: %s", async (origin, addressCause) => {
    expect(await judge(open, origin)).toMatchObject({
      kind: "forbidden-address",
      phase: "address",
      addressCause,
    });
  });

  const named: readonly (readonly [name: string, address: string, cause: AddressCause])[] = [
    ["bitbucket.corp.example", "127.0.1.1", "loopback-name"],
    ["bitbucket.corp.example", "::1", "loopback-name"],
    ["localhost", "127.0.0.1", "loopback"],
    ["git.localhost", "::1", "loopback"],
    ["bitbucket.corp.example", "198.18.3.4", "benchmark"],
    ["bitbucket.corp.example", "0.0.0.0", "unspecified"],
    ["bitbucket.corp.example", "169.254.169.254", "metadata"],
    ["bitbucket.corp.example", "fe80::1", "link-local"],
  ];
  test.each(named)("%s at %s: %s", async (name, address, addressCause) => {
    expect(await judge(open, `https://${name}:7990`, address)).toMatchObject({ phase: "name", addressCause });
  });

  test("and neighbours of those ranges are none of them", async () => {
    for (const address of ["198.17.255.255", "198.20.0.1", "126.255.255.255", "128.0.0.1", "170.254.0.1"]) {
      expect(await judge(open, `https://${address}`)).toBe("let through");
    }
  });

  test("one that is merely not on the list has that cause, as an address and as a name", async () => {
    const listed = parseAllowRules("10.20.0.0/16");
    if (!listed.ok) throw new Error("unreadable");
    const policy: EgressPolicy = { ...open, mode: "allowlist", allow: listed.rules };
    for (const failure of [
      await judge(policy, "https://10.30.0.1"),
      await judge(policy, "https://a.example", "10.30.0.1"),
    ]) {
      expect(failure).toMatchObject({ kind: "not-allow-listed", addressCause: "not-listed" });
    }
  });
});

describe("plain http", () => {
  const rules = parseAllowRules("bitbucket.lab.example, *.plain.example, 10.20.0.0/16, fd12::/16");
  const policy: EgressPolicy = { ...open, plainHttp: rules.ok ? rules.rules : [] };

  test.each([
    ["http://bitbucket.lab.example:7990", "10.99.0.1"],
    ["http://git.plain.example", "192.168.4.4"],
    ["http://10.20.3.4:7990", "10.20.3.4"],
    ["http://elsewhere.example:7990", "10.20.3.4"],
    ["http://[fd12::9]:7990", "fd12::9"],
  ])("goes where an operator lists it: %s", async (origin, address) => {
    expect(await judge(policy, origin, address)).toBe("let through");
  });

  test.each([
    ["http://10.30.3.4:7990", "10.30.3.4"],
    ["http://elsewhere.example:7990", "10.30.3.4"],
    ["http://plain.example", "192.168.4.4"],
    ["http://lab.example", "192.168.4.4"],
  ])("goes nowhere else: %s at %s", async (origin, address) => {
    expect(await judge(policy, origin, address)).toMatchObject({ kind: "scheme" });
  });

  test("one listed and one other address of the same name refuse the whole name", async () => {
    expect(await judge(policy, "http://both.example", "10.20.0.1", "10.30.0.1")).toMatchObject({
      kind: "scheme",
    });
  });

  test("that is listed opens no forbidden address, no foreign port and no allow list", async () => {
    expect(await judge(policy, "http://bitbucket.lab.example", "127.0.0.1")).toMatchObject({
      kind: "forbidden-address",
    });
    expect(await judge(policy, "http://bitbucket.lab.example:22", "10.20.0.1")).toMatchObject({
      kind: "forbidden-port",
    });
    expect(
      await judge({ ...policy, mode: "allowlist" }, "http://bitbucket.lab.example", "10.20.0.1"),
    ).toMatchObject({ kind: "not-allow-listed" });
  });
});
