import { networkInterfaces } from "node:os";
import { describe, expect, it } from "vitest";
import { judgeAddress, judgeUrl } from "@/lib/egress/policy";
import { resolveTarget } from "@/lib/egress/resolve-target";
import { startTimeLimit } from "@/lib/egress/time-limit";
import { parseEnvironment } from "@/lib/env";
import { loadEgressPolicy } from "./egress";
import { databaseEndpoints } from "./own-endpoints";

const text = (address: string) => databaseEndpoints(address).map(({ host, port }) => `${host} ${port}`);

describe("where a DATABASE_URL leads", () => {
  it.each<[string, string[]]>([
    ["postgres://db.example.com/x", ["db.example.com 5432"]],
    ["postgres://me:a%40b@DB.example.com:6543/x", ["db.example.com 6543"]],
    ["postgresql://[2001:db8::5]:6000/x", ["2001:db8::5 6000"]],
    ["postgres:///x", ["localhost 5432"]],
    ["postgres://ignored/x?host=real.example.com", ["ignored 5432", "real.example.com 5432"]],
    ["postgres://a/x?host=b&port=7777", ["a 7777", "b 7777"]],
    ["postgres://a:1111/x?hostaddr=10.1.2.3", ["a 1111", "10.1.2.3 1111"]],
    ["postgres://one:1111,two:2222/x", ["one 1111", "one 2222", "two 1111", "two 2222"]],
    [
      "postgres:///x?host=one,two&port=1111,2222",
      ["localhost 1111", "localhost 2222", "one 1111", "one 2222", "two 1111", "two 2222"],
    ],
    ["postgres:///x?host=/var/run/postgresql&port=7000", ["localhost 7000"]],
    ["postgres://%2Fvar%2Frun%2Fpostgresql/x", ["localhost 5432"]],
    ["postgres://a/x?sslmode=require#host=b", ["a 5432"]],
  ])("%s", (address, expected) => {
    expect(text(address)).toEqual(expected);
  });
});

const keys = { AUTH_SECRET: "x".repeat(32), SECRET_KEYS: "k1:x" };

function policyOf(variables: Record<string, string>) {
  return loadEgressPolicy(parseEnvironment({ ...keys, EGRESS_LOOPBACK: "on", ...variables }));
}

describe("checks never call the portal itself or its database, whatever the settings allow", () => {
  const own = policyOf({
    PORT: "8123",
    APP_ORIGIN: "https://latchkey.example.com",
    EGRESS_MODE: "allowlist",
    EGRESS_ALLOW: "127.0.0.0/8,::1,latchkey.example.com",
  });

  it.each([
    "http://localhost:8123/",
    "http://127.0.0.1:8123/",
    "http://127.9.9.9:8123/",
    "http://[::1]:8123/",
    "http://[::ffff:127.0.0.1]:8123/",
    "https://latchkey.example.com/",
    "https://LATCHKEY.example.com./bitbucket",
    "https://latchkey.example.com:443/",
  ])("%s", (address) => {
    expect(judgeUrl(own, new URL(address))).toEqual({ ok: false, refusal: "forbidden-address" });
  });

  it("on no address that a network card of this machine has", () => {
    const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
    expect(addresses.length).toBeGreaterThan(0);
    for (const { address } of addresses) expect(judgeAddress(own, address, address, 8123).ok).toBe(false);
  });

  it("nor on the address of BIND", () => {
    const bound = policyOf({ PORT: "8123", BIND: "10.9.8.7" });
    expect(judgeAddress(bound, "10.9.8.7", "10.9.8.7", 8123)).toMatchObject({ refusal: "forbidden-address" });
    expect(judgeAddress(bound, "10.9.8.7", "10.9.8.7", 8124).ok).toBe(true);
  });

  it("nor by a name that leads to the portal's port on this machine", async () => {
    const name = new URL("https://looks-fine.example.com:8123/");
    const open = policyOf({ PORT: "8123", APP_ORIGIN: "http://localhost:8123" });
    const found = await resolveTarget(open, name, async () => ["127.0.0.1"], startTimeLimit(60_000));
    expect(found).toMatchObject({ ok: false, failure: { kind: "forbidden-address" } });
  });

  it("while a server behind the same reverse proxy, and another port of this machine, stay open", async () => {
    const shared = policyOf({ PORT: "8123", APP_ORIGIN: "https://latchkey.example.com" });
    const resolve = async () => ["10.20.30.40"];
    const bitbucket = await resolveTarget(
      shared,
      new URL("https://bitbucket.example.com/"),
      resolve,
      startTimeLimit(60_000),
    );
    expect(bitbucket).toMatchObject({ ok: true });
    expect(judgeUrl(shared, new URL("http://localhost:7990/")).ok).toBe(true);
  });

  it.each([
    ["postgres://u@db.example.com:8200/x", "https://db.example.com:8200/"],
    ["postgres:///x?host=db.example.com&port=8200", "https://db.example.com:8200/"],
    ["postgres:///x?host=/var/run/postgresql&port=8200", "https://127.0.0.1:8200/"],
    ["postgres://u@one.example.com/x?hostaddr=10.1.1.1&port=8200", "https://10.1.1.1:8200/"],
    ["postgres://u@[fd00::7]:8200/x", "https://[fd00::7]:8200/"],
  ])("the database of %s", (DATABASE_URL, address) => {
    expect(judgeUrl(policyOf({ DATABASE_URL }), new URL(address))).toMatchObject({
      refusal: "forbidden-address",
    });
  });
});
