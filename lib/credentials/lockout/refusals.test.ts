import { describe, expect, it } from "vitest";
import { announceRefusal, watchRefusals } from "./refusals";

let accounts = 0;
function aSignIn() {
  accounts += 1;
  return {
    protectedAccount: { baseUrl: "https://bitbucket.example.com", account: `account ${accounts}` },
    secret: "a",
  };
}

describe("a refusal that has arrived", () => {
  it("is known to all who use the sign-in, before it is recorded, and to no others", async () => {
    const signIn = aSignIn();
    const mine = await watchRefusals(signIn);
    const others = await watchRefusals({ ...signIn, secret: "b" });
    let isRecorded = false;
    const recording = announceRefusal(signIn, async () => {
      isRecorded = true;
    });
    expect([mine(), others(), isRecorded]).toEqual([true, false, false]);
    await recording;
    expect([mine(), others(), isRecorded]).toEqual([true, false, true]);
  });

  it("lets nobody begin with the sign-in before it is recorded", async () => {
    const signIn = aSignIn();
    let record: () => void = () => undefined;
    const recorded = new Promise<void>((resolve) => {
      record = resolve;
    });
    const recording = announceRefusal(signIn, () => recorded);
    let hasBegun = false;
    const beginning = watchRefusals(signIn).then((isRefused) => {
      hasBegun = true;
      return isRefused;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(hasBegun).toBe(false);
    record();
    await recording;
    // From here on the database tells.
    expect((await beginning)()).toBe(false);
  });

  it("is known even if it could not be recorded", async () => {
    const signIn = aSignIn();
    const isRefused = await watchRefusals(signIn);
    const failed = announceRefusal(signIn, () => Promise.reject(new Error("no database")));
    await expect(failed).rejects.toThrow("no database");
    expect(isRefused()).toBe(true);
    expect((await watchRefusals(signIn))()).toBe(false);
  });
});
