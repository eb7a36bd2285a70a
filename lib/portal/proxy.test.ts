import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { EnvironmentError, parseEnvironment } from "@/lib/env";
import { loadEgressPolicy } from "./egress";
import { proxyNotice } from "./proxy";

const load = (source: Record<string, string>) => loadEgressPolicy(parseEnvironment(source));
const noticeOf = (source: Record<string, string>) =>
  proxyNotice(parseEnvironment(source), load(source).proxy);
const password = "canary p@ss:word";
const secretUrl = `http://jane:${encodeURIComponent(password)}@proxy.example:3128`;

describe("the proxy setting", () => {
  test("names a proxy, over http or https, and what needs none", () => {
    expect(load({ EGRESS_PROXY: "http://proxy.example:3128" }).proxy).toMatchObject({
      isSecure: false,
      host: "proxy.example",
      port: 3128,
      authorization: null,
    });
    expect(load({ EGRESS_PROXY: "https://[fd12::1]" }).proxy).toMatchObject({
      isSecure: true,
      host: "fd12::1",
      port: 443,
    });
    const { proxy } = load({
      EGRESS_PROXY: "http://proxy.example",
      EGRESS_NO_PROXY: ".corp.example,10.0.0.0/8",
    });
    expect(proxy).toMatchObject({ port: 80 });
    expect(proxy?.direct).toHaveLength(2);
  });

  test("takes user name and password out of the address, and shows them nowhere", () => {
    const policy = load({ EGRESS_PROXY: secretUrl });
    const encoded = Buffer.from(`jane:${password}`).toString("base64");
    expect(policy.proxy?.authorization?.()).toBe(`Basic ${encoded}`);
    for (const shown of [inspect(policy, { depth: 9, showHidden: true }), JSON.stringify(policy)]) {
      for (const secret of [password, encodeURIComponent(password), encoded])
        expect(shown).not.toContain(secret);
    }
    expect(noticeOf({ EGRESS_PROXY: secretUrl })).toBe("calls out go through the proxy proxy.example:3128");
  });

  test("is never called as a server itself", () => {
    expect(load({ EGRESS_PROXY: secretUrl }).forbiddenEndpoints).toContainEqual({
      host: "proxy.example",
      port: 3128,
    });
  });

  test("HTTPS_PROXY and NO_PROXY, in either case, count where it says environment", () => {
    for (const names of [
      ["HTTPS_PROXY", "NO_PROXY"],
      ["https_proxy", "no_proxy"],
    ] as const) {
      const source = { [names[0]]: "proxy.example:3128", [names[1]]: "localhost,.corp.example,http://odd" };
      const { proxy } = load({ EGRESS_PROXY: "environment", ...source });
      expect(proxy).toMatchObject({ host: "proxy.example", port: 3128 });
      expect(proxy?.direct).toHaveLength(2);
      expect(load({ EGRESS_PROXY: "off", ...source }).proxy).toBeUndefined();
      expect(load(source).proxy).toBeUndefined();
    }
  });

  test("unset beside HTTPS_PROXY, the start says that it is not used and how to choose", () => {
    expect(noticeOf({ HTTPS_PROXY: secretUrl })).toMatch(
      /^HTTPS_PROXY is set and not used: EGRESS_PROXY=environment .* EGRESS_PROXY=off /,
    );
    expect(noticeOf({ HTTPS_PROXY: secretUrl })).not.toContain("jane");
    expect(noticeOf({ HTTPS_PROXY: secretUrl, EGRESS_PROXY: "off" })).toBeNull();
    expect(noticeOf({})).toBeNull();
  });

  test.each([
    ["EGRESS_PROXY", { EGRESS_PROXY: "proxy" }],
    ["EGRESS_PROXY", { EGRESS_PROXY: "socks5://proxy.example:1080" }],
    ["EGRESS_PROXY", { EGRESS_PROXY: "http://proxy.example/path" }],
    ["HTTPS_PROXY", { EGRESS_PROXY: "environment" }],
    ["HTTPS_PROXY", { EGRESS_PROXY: "environment", HTTPS_PROXY: "socks5://jane:canary@proxy.example" }],
    ["EGRESS_NO_PROXY", { EGRESS_PROXY: "http://proxy.example", EGRESS_NO_PROXY: "http://odd.example" }],
    ["EGRESS_PLAIN_HTTP", { EGRESS_PLAIN_HTTP: "http://lab.example" }],
    ["EGRESS_PLAIN_HTTP", { EGRESS_PLAIN_HTTP: "*" }],
  ])("%s is named when it is wrong: %j", (name, source) => {
    const start = () => load(source);
    expect(start).toThrow(EnvironmentError);
    expect(start).toThrow(name);
    expect(start).not.toThrow("canary");
  });
});
