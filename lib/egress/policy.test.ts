import { describe, expect, test } from "vitest";
import { addressKind, isSameAddress, parseAddress } from "./address-kind";
import { parseAllowRules } from "./allow-rules";
import { type EgressPolicy, judgeAddress, judgeUrl } from "./policy";

const open: EgressPolicy = { mode: "open", allow: [], loopback: false };
const withLoopback: EgressPolicy = { ...open, loopback: true };

function allowlist(text: string, loopback = false): EgressPolicy {
  const read = parseAllowRules(text);
  if (!read.ok) throw new Error(read.errors.join(" "));
  return { mode: "allowlist", allow: read.rules, loopback };
}

const judge = (policy: EgressPolicy, url: string) => judgeUrl(policy, new URL(url));
const at = (policy: EgressPolicy, ip: string, host = "name.example") => judgeAddress(policy, host, ip, 443);

const loopbackForms = [
  "127.0.0.1", "127.1", "127.0.1", "127.255.255.254", "2130706433", "0x7f000001", "0x7f.0.0.1", "0x7f.1",
  "0177.0.0.1", "017700000001", "0177.0.0.0x1", "127.0.0.1.", "１２７.０.０.１", "127。0。0。1", "①②⑦.⓪.⓪.①",
  "%31%32%37.0.0.1", "[::1]", "[0:0:0:0:0:0:0:1]", "[0000::0001]", "[::127.0.0.1]", "[::7f00:1]",
  "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]", "[::ffff:0:127.0.0.1]",
  "[64:ff9b::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[2002:7f00:0001:1::1]",
  "[2001:0:7f00:1::]", "[2001:0:505:505:0:0:80ff:fffe]", "[2a00:1::5efe:127.0.0.1]", "[2a00:1::200:5efe:7f00:1]",
]; // biome-ignore format: a list to read
const metadataForms = [
  "169.254.169.254",
  "2852039166",
  "0xa9fea9fe",
  "0xa9.0xfe.0xa9.0xfe",
  "0251.0376.0251.0376",
  "0251.254.169.254",
  "169.254.43518",
  "169.16689662",
  "[::ffff:169.254.169.254]",
  "[::ffff:a9fe:a9fe]",
  "[::169.254.169.254]",
  "[64:ff9b::a9fe:a9fe]",
  "[2002:a9fe:a9fe::]",
  "[2001:0:0505:0505::5601:5601]",
  "[fd00:ec2::254]",
  "[fd00:0ec2:0:0:0:0:0:254]",
  "[fd00:ec2::23]",
  "[fd20:ce::254]",
  "169.254.170.2",
  "100.100.100.200",
  "[::ffff:100.100.100.200]",
  "168.63.129.16",
  "192.0.0.192",
];
const unspecifiedForms = [
  "0.0.0.0",
  "0",
  "0x0",
  "00",
  "0.1.2.3",
  "[::]",
  "[::0.0.0.0]",
  "[0:0:0:0:0:0:0:0]",
  "[::ffff:0.0.0.0]",
  "[64:ff9b::]",
  "[2002::]",
];
const otherForbidden = [
  "169.254.1.1",
  "224.0.0.1",
  "239.255.255.250",
  "255.255.255.255",
  "240.0.0.1",
  "192.0.2.1",
  "198.51.100.7",
  "203.0.113.9",
  "198.18.0.1",
  "192.88.99.1",
  "[fe80::1]",
  "[febf::1]",
  "[fec0::1]",
  "[ff02::1]",
  "[2001:db8::1]",
  "[3fff::1]",
  "[100::1]",
  "[64:ff9b:1::1]",
  "[4000::1]",
  "[2001:2::1]",
];

describe("addresses written as they may be", () => {
  test.each([...metadataForms, ...unspecifiedForms, ...otherForbidden])(
    "15 %s is refused whatever is switched on",
    (form) => {
      const everything = { ...allowlist("0.0.0.0/1,128.0.0.0/1,::/1,8000::/1,*.com"), loopback: true };
      for (const policy of [open, withLoopback, everything]) {
        expect(judge(policy, `https://${form}/`)).toMatchObject({ ok: false });
      }
    },
  );

  test.each(loopbackForms)("15 loopback as %s needs the switch", (form) => {
    expect(judge(open, `https://${form}/`)).toEqual({ ok: false, refusal: "forbidden-address" });
    expect(judge(withLoopback, `https://${form}/`)).toEqual({ ok: true });
  });

  test.each([
    "10.0.0.1",
    "172.16.5.4",
    "172.31.255.255",
    "192.168.1.1",
    "100.64.0.1",
    "100.127.255.255",
    "[fd12:3456::1]",
    "[::ffff:10.0.0.1]",
    "[64:ff9b::10.0.0.1]",
    "8.8.8.8",
    "[2a00:1450::1]",
    "[2002:808:808::]",
  ])("%s is an ordinary place for a Bitbucket", (form) => {
    expect(judge(open, `https://${form}/`)).toEqual({ ok: true });
  });

  test.each([
    "",
    "localhost",
    "1.2.3",
    "1.2.3.4.5",
    "300.1.1.1",
    "0x7f.1",
    "::g",
    "fe80::1%eth0",
    "127.0.0.1 ",
  ])("an answer of the name server that is no plain address (%j) is refused", (answer) => {
    expect(at(withLoopback, answer)).toEqual({ ok: false, refusal: "forbidden-address" });
  });

  test("two spellings of one address are the same, two addresses are not", () => {
    expect(isSameAddress("::ffff:10.0.0.1", "10.0.0.1")).toBe(true);
    expect(isSameAddress("fd00::1", "fd00:0::0:1")).toBe(true);
    expect(isSameAddress("10.0.0.1", "10.0.0.2")).toBe(false);
    expect(isSameAddress("db.internal", "db.internal")).toBe(false);
  });

  test("every IPv6 block without a use of its own is reserved", () => {
    for (const text of ["1::1", "200::1", "4000::1", "6000::", "8000::1", "c000::1", "f000::1", "5f00::1"]) {
      const address = parseAddress(text);
      expect(address && addressKind(address)).toBe("reserved");
    }
  });
});

describe("scheme, user info and port", () => {
  test.each([
    "ftp://a.example",
    "file:///etc/passwd",
    "ws://a.example",
    "gopher://a.example:70",
    "data:text/plain,x",
  ])("%s is refused for its scheme", (url) =>
    expect(judge(withLoopback, url)).toEqual({ ok: false, refusal: "scheme" }),
  );

  test("plain http goes to this machine only, and only with the switch", () => {
    expect(judge(open, "http://127.0.0.1:7990")).toMatchObject({ ok: false });
    expect(judge(open, "http://bitbucket.example:7990")).toEqual({ ok: false, refusal: "scheme" });
    expect(judge(withLoopback, "http://127.0.0.1:7990")).toEqual({ ok: true });
    expect(judge(withLoopback, "http://10.0.0.1:7990")).toEqual({ ok: false, refusal: "scheme" });
    expect(judgeAddress(withLoopback, "name.example", "10.0.0.1", 7990, true)).toEqual({
      ok: false,
      refusal: "scheme",
    });
  });

  test("22 a name or password in the address is refused", () => {
    for (const url of ["https://jane@a.example", "https://:x@a.example"]) {
      expect(judge(open, url)).toEqual({ ok: false, refusal: "userinfo" });
    }
  });

  test.each([
    22, 25, 53, 110, 143, 389, 445, 1433, 1521, 2375, 2379, 3306, 3389, 5432, 5900, 6379, 9200, 11211, 27017,
  ])("23 port %i belongs to another service", (port) =>
    expect(judge(withLoopback, `https://127.0.0.1:${port}`)).toEqual({
      ok: false,
      refusal: "forbidden-port",
    }),
  );

  test.each([80, 443, 7990, 8080, 8443, 8090, 9443, 3000])("port %i is a port of web servers", (port) => {
    expect(judge(open, `https://bitbucket.example:${port}`)).toEqual({ ok: true });
  });
});

describe("the allow list", () => {
  test("19 the allow list lets through what it names and nothing beside it", () => {
    const policy = allowlist("bitbucket.corp.example, *.git.example, 10.20.0.0/16, 192.168.7.7");
    expect(at(policy, "8.8.8.8", "bitbucket.corp.example")).toEqual({ ok: true });
    expect(at(policy, "8.8.8.8", "BITBUCKET.corp.example.")).toEqual({ ok: true });
    expect(at(policy, "8.8.8.8", "eu.git.example")).toEqual({ ok: true });
    expect(at(policy, "10.20.3.4")).toEqual({ ok: true });
    expect(at(policy, "::ffff:10.20.3.4")).toEqual({ ok: true });
    expect(at(policy, "192.168.7.7")).toEqual({ ok: true });
    for (const [ip, host] of [
      ["8.8.8.8", "git.example"],
      ["8.8.8.8", "evilgit.example"],
      ["8.8.8.8", "bitbucket.corp.example.evil.example"],
      ["8.8.8.8", "x.bitbucket.corp.example"],
      ["10.21.0.1", "name.example"],
      ["192.168.7.8", "name.example"],
    ] as const) {
      expect(at(policy, ip, host)).toEqual({ ok: false, refusal: "not-allow-listed" });
    }
  });

  test("19 the allow list opens no forbidden address, even where it names one", () => {
    const policy = allowlist("meta.example, 169.254.0.0/16, 127.0.0.0/8");
    expect(at(policy, "169.254.169.254", "meta.example")).toEqual({
      ok: false,
      refusal: "forbidden-address",
    });
    expect(at(policy, "127.0.0.1", "meta.example")).toEqual({ ok: false, refusal: "forbidden-address" });
  });

  test("turns a name away before asking any name server, unless an address range could still allow it", () => {
    expect(judge(allowlist("a.example"), "https://b.example")).toEqual({
      ok: false,
      refusal: "not-allow-listed",
    });
    expect(judge(allowlist("10.0.0.0/8"), "https://b.example")).toEqual({ ok: true });
    expect(judge(allowlist(""), "https://b.example")).toEqual({ ok: false, refusal: "not-allow-listed" });
  });

  test("reads names as the network spells them", () => {
    expect(parseAllowRules(" Bücher.Example ,, *.CORP.example,[fd00::]/8,fd12::1 ")).toEqual({
      ok: true,
      rules: [
        { kind: "host", host: "xn--bcher-kva.example" },
        { kind: "suffix", domain: "corp.example" },
        { kind: "cidr", cidr: "fd00::/8" },
        { kind: "cidr", cidr: "fd12::1/128" },
      ],
    });
    expect(parseAllowRules("")).toEqual({ ok: true, rules: [] });
  });

  test("names every entry that it does not understand", () => {
    const bad = [
      "*",
      "https://a.example",
      "a.example:443",
      "10.0.0.0/33",
      "0.0.0.0/0",
      "a b",
      "*.*.example",
      "10.1",
      "a/b",
    ];
    const read = parseAllowRules(["fine.example", ...bad].join(","));
    expect(read.ok).toBe(false);
    if (read.ok) return;
    expect(read.errors).toHaveLength(bad.length);
    for (const [index, entry] of bad.entries()) expect(read.errors[index]).toContain(`"${entry}"`);
  });
});

describe("the portal's own database", () => {
  const policy: EgressPolicy = {
    ...withLoopback,
    forbiddenEndpoints: [
      { host: "10.0.0.5", port: 6543 },
      { host: "DB.corp.example", port: 6543 },
      { host: "127.0.0.1", port: 7654 },
      { host: "localhost", port: 7655 },
    ],
  };

  test.each([
    "https://10.0.0.5:6543",
    "https://[::ffff:10.0.0.5]:6543",
    "https://167772165:6543",
    "https://db.corp.example:6543",
    "https://db.corp.example.:6543",
    "https://127.0.0.1:7654",
    "https://127.0.0.9:7654",
    "https://[::1]:7654",
    "https://127.0.0.1:7655",
  ])("%s is refused", (url) =>
    expect(judge(policy, url)).toEqual({ ok: false, refusal: "forbidden-address" }),
  );

  test.each(["https://10.0.0.5:7990", "https://10.0.0.6:6543", "https://127.0.0.1:7656"])(
    "%s is not",
    (url) => expect(judge(policy, url)).toEqual({ ok: true }),
  );

  test("a name that leads to it is refused", () => {
    expect(judgeAddress(policy, "innocent.example", "10.0.0.5", 6543)).toMatchObject({ ok: false });
  });
});
