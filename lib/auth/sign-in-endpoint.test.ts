import { describe, expect, it } from "vitest";
import { answerSignIn, isOpenEndpoint } from "./sign-in-endpoint";

function refusedWith(query: string): Response {
  return new Response(null, { status: 302, headers: { location: `http://localhost:3000/sign-in?${query}` } });
}

function formOf(email: string, callbackUrl = "/sources"): FormData {
  const form = new FormData();
  form.set("email", email);
  form.set("callbackUrl", callbackUrl);
  return form;
}

describe("next-auth's endpoints", () => {
  it.each([
    ["GET", "signin"],
    ["GET", "error"],
    ["POST", "callback/credentials"],
  ])("%s %s is open", (method, path) => {
    expect(isOpenEndpoint(method, path.split("/"))).toBe(true);
  });

  it.each([
    ["POST", "signout"],
    ["GET", "signout"],
    ["GET", "session"],
    ["POST", "session"],
    ["GET", "providers"],
    ["GET", "verify-request"],
    ["GET", "callback/credentials"],
    ["POST", "signin/credentials"],
  ])("%s %s is closed", (method, path) => {
    expect(isOpenEndpoint(method, path.split("/"))).toBe(false);
  });
});

describe("a refused sign-in", () => {
  it("comes back to our page with the email in a cookie and not in the address", () => {
    const answer = answerSignIn(refusedWith("error=CredentialsSignin"), formOf("jane@example.com"));
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe("/sign-in?error=CredentialsSignin&callbackUrl=%2Fsources");
    expect(answer.headers.get("set-cookie")).toContain("jane%40example.com");
  });

  it("never carries a message of the database's", () => {
    const leak = encodeURIComponent("Failed query: select … params: jane@example.com");
    const answer = answerSignIn(refusedWith(`error=${leak}`), formOf("jane@example.com"));
    expect(answer.headers.get("location")).toBe("/sign-in?error=Unavailable&callbackUrl=%2Fsources");
  });

  it("reports that the form's token was too old", () => {
    const answer = answerSignIn(refusedWith("csrf=true"), formOf("jane@example.com"));
    expect(answer.headers.get("location")).toContain("error=Stale");
  });

  it.each([`${"x".repeat(253)}😀`, "not an email", ""])("keeps nothing that is no email (%j)", (email) => {
    const answer = answerSignIn(refusedWith("error=CredentialsSignin"), formOf(email));
    expect(answer.headers.get("set-cookie")).toBeNull();
  });

  it("leads nowhere else", () => {
    const answer = answerSignIn(
      refusedWith("error=CredentialsSignin"),
      formOf("jane@example.com", "/.//evil.example"),
    );
    expect(answer.headers.get("location")).toContain("callbackUrl=%2F");
    expect(answer.headers.get("location")).not.toContain("evil");
  });

  it("does not touch a sign-in that was accepted", () => {
    const accepted = new Response(null, {
      status: 302,
      headers: { location: "http://localhost:3000/sources" },
    });
    expect(answerSignIn(accepted, formOf("jane@example.com"))).toBe(accepted);
  });
});
