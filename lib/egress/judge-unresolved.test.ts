import { describe, expect, test } from "vitest";
import { parseAllowRules } from "./allow-rules";
import { type EgressPolicy, forbiddenCause, judgeUnresolved } from "./policy";

const open: EgressPolicy = { mode: "open", allow: [], loopback: false };
const rulesOf = (text: string) => {
  const read = parseAllowRules(text);
  if (!read.ok) throw new Error(read.errors.join(" "));
  return read.rules;
};
const listing = (text: string): EgressPolicy => ({ ...open, mode: "allowlist", allow: rulesOf(text) });
const judge = (policy: EgressPolicy, url: string) => judgeUnresolved(policy, new URL(url));
const refused = (refusal: string) => ({ ok: false, refusal });

describe("a name that only a proxy resolves", () => {
  test("is let through without an allow list", () => {
    expect(judge(open, "https://bitbucket.example")).toEqual({ ok: true });
  });

  test.each([
    "metadata",
    "METADATA",
    "metadata.google.internal",
    "metadata.google.internal.",
    "metadata.goog",
    "metadata.azure.internal",
    "metadata.internal",
    "instance-data",
    "instance-data.ec2.internal",
  ])("%s is a cloud's metadata service, which no list opens", (name) => {
    expect(judge(open, `https://${name}/`)).toEqual(refused("forbidden-address"));
    expect(judge(listing(name.replace(/\.$/, "")), `https://${name}/`)).toEqual(refused("forbidden-address"));
  });

  test.each([
    "metadata.example",
    "my-metadata",
    "metadata.internal.example",
    "metadatax",
    "instance-data.example",
    "my-instance-data",
    "instance-data.ec2.internal.example",
    "metadata-google.internal",
    "metadata.googleXinternal",
    "metadata.azureXinternal",
    "instance-data.ec2xinternal",
  ])("%s is an ordinary name", (name) => {
    expect(judge(open, `https://${name}/`)).toEqual({ ok: true });
  });

  test("must be named by the allow list; an address range does not name it", () => {
    expect(judge(listing("a.example"), "https://a.example")).toEqual({ ok: true });
    expect(judge(listing("b.example, *.example"), "https://a.example")).toEqual({ ok: true });
    expect(judge(listing("a.example"), "https://b.example")).toEqual(refused("not-allow-listed"));
    expect(judge(listing("10.0.0.0/8"), "https://a.example")).toEqual(refused("not-allow-listed"));
    expect(judge(listing(""), "https://a.example")).toEqual(refused("not-allow-listed"));
  });

  test("is called over plain http only if a rule for plain http names it, and the allow list, too", () => {
    const plain = { ...open, plainHttp: rulesOf("lab.example, 10.0.0.0/8") };
    expect(judge(open, "http://lab.example")).toEqual(refused("scheme"));
    expect(judge(plain, "http://lab.example")).toEqual({ ok: true });
    expect(judge(plain, "http://other.example")).toEqual(refused("scheme"));
    expect(judge({ ...plain, mode: "allowlist" }, "http://lab.example")).toEqual(refused("not-allow-listed"));
    expect(judge(plain, "https://other.example")).toEqual({ ok: true });
  });

  test("is not an address, which was judged before", () => {
    expect(judge(listing(""), "https://10.0.0.1")).toEqual({ ok: true });
    expect(judge(listing(""), "http://[fd12::1]")).toEqual({ ok: true });
  });
});

describe("the cause that a user is told", () => {
  test.each([
    ["127.0.0.1", "loopback"],
    ["169.254.169.254", "metadata"],
    ["224.0.0.1", "multicast"],
    ["8.8.8.8", "portal"],
    ["10.0.0.1", "portal"],
    ["no address", "reserved"],
  ])("of %s is %s", (ip, cause) => {
    expect(forbiddenCause(ip)).toBe(cause);
  });
});
