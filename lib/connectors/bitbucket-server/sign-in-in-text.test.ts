import { expect, test } from "vitest";
import { holdsSignIn, withoutSignIn } from "./sign-in-in-text";

const one = "https://one.example";
const two = "https://two.example";

test.each([
  [`curl -u jane:canary ${one} ${two}`, `curl -u  ${one} ${two}`],
  [`curl --user=jane:canary ${one} ${two}`, `curl --user= ${one} ${two}`],
  [`curl --user 'jane:can ary' ${one}`, `curl --user  ${one}`],
  [`curl -H "Authorization: Bearer canary12345" ${one}`, `curl -H "Authorization: " ${one}`],
  [`curl -H 'Authorization: Basic Y2FuYXJ5' ${one}`, `curl -H 'Authorization: ' ${one}`],
  [`wget --password=canary ${one}`, `wget --password= ${one}`],
  [`url=${one} password=canary`, `url=${one} password=`],
  [`{"url":"${one}","password":"canary"}`, `{"url":"${one}","password":""}`],
  [`machine one.example login jane password canary`, `machine one.example login  password `],
  [`https://jane:canary@one.example or ${two}`, `${one} or ${two}`],
  [`BITBUCKET_TOKEN=canary12345 ${one}`, `BITBUCKET_TOKEN= ${one}`],
])("%j is kept as %j", (text, kept) => {
  expect(withoutSignIn(text)).toBe(kept);
  expect(withoutSignIn(text)).not.toMatch(/canary|can ary/);
});

test.each([
  `git clone -b main ${one}`,
  `${one} (VPN only)`,
  `Our server is ${one}.`,
  `[a](${one}) [b](${two})`,
])("%j holds nobody's sign-in and stays as it is", (text) => {
  expect(holdsSignIn(text)).toBe(false);
  expect(withoutSignIn(text)).toBe(text);
});
