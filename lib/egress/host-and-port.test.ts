import { expect, test } from "vitest";
import { isForbiddenPort } from "./forbidden-ports";
import { hostOf, portOf } from "./host-and-port";

test.each([
  ["https://A.example:8443/x", "a.example", 8443],
  ["https://a.example.", "a.example", 443],
  ["http://a.b.example", "a.b.example", 80],
  ["https://a.example:80", "a.example", 80],
  ["http://[FD12::1]:7990", "fd12::1", 7990],
  ["https://10.0.0.1", "10.0.0.1", 443],
  ["ftp://a.example", "a.example", 0],
  ["ftp://a.example:2121", "a.example", 2121],
])("%s leads to host %s and port %i", (address, host, port) => {
  expect([hostOf(new URL(address)), portOf(new URL(address))]).toEqual([host, port]);
});

test("a number that is no port is forbidden, and every whole one from 1 to 65535 is a port", () => {
  for (const none of [-1, 0, 0.5, 442.5, 65_536, 1e9, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(isForbiddenPort(none)).toBe(true);
  }
  expect([2, 443, 65_535].map(isForbiddenPort)).toEqual([false, false, false]);
  expect([1, 22, 61_616].map(isForbiddenPort)).toEqual([true, true, true]);
});
