import { describe, expect, test } from "vitest";
import { type EgressPolicy, judgeAddress, judgeUrl } from "./policy";

const forbidden = { ok: false, refusal: "forbidden-address" };
const policyWith = (...hosts: string[]): EgressPolicy => ({
  mode: "open",
  allow: [],
  loopback: true,
  forbiddenEndpoints: hosts.map((host) => ({ host, port: 7654 })),
});
const judge = (policy: EgressPolicy, url: string) => judgeUrl(policy, new URL(url));

describe("a service of the portal itself", () => {
  test.each(["localhost", "127.0.0.1", "127.9.9.9", "::1", "0.0.0.0", "::", "::ffff:127.0.0.1"])(
    "at %s is refused on every loopback address at its port, and at no other port",
    (host) => {
      for (const ip of ["127.0.0.1", "127.0.0.2", "::1", "::ffff:127.0.0.1"]) {
        expect(judgeAddress(policyWith(host), "any.example", ip, 7654)).toEqual(forbidden);
        expect(judgeAddress(policyWith(host), "any.example", ip, 7655)).toEqual({ ok: true });
      }
      expect(judgeAddress(policyWith(host), "any.example", "10.0.0.1", 7654)).toEqual({ ok: true });
    },
  );

  test.each(["10.0.0.5", "db.example"])("at %s leaves this machine's own addresses alone", (host) => {
    expect(judgeAddress(policyWith(host), "any.example", "127.0.0.1", 7654)).toEqual({ ok: true });
  });

  test("is refused by its name in any case, and with a closing dot on either side", () => {
    for (const host of ["db.example", "DB.Example", "db.example."]) {
      expect(judge(policyWith(host), "https://db.example:7654")).toEqual(forbidden);
      expect(judge(policyWith(host), "https://DB.example.:7654")).toEqual(forbidden);
      expect(judge(policyWith(host), "https://db.example:7655")).toEqual({ ok: true });
      expect(judge(policyWith(host), "https://my-db.example:7654")).toEqual({ ok: true });
    }
    expect(judge(policyWith("a.example", "db.example"), "https://db.example:7654")).toEqual(forbidden);
  });
});
