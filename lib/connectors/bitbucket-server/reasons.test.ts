import { describe, expect, test } from "vitest";
import {
  addressCauses,
  certificateReasons,
  type FailedOutcome,
  type FailureReason,
  failureReasons,
} from "@/lib/connectors/types";
import { describeFailure, mayStoreUnchecked } from "./reasons";

const basic = { scheme: "basic", keyInUsernameField: false } as const;
const keyFirst = { scheme: "bearer", keyInUsernameField: true } as const;
const keySecond = { scheme: "bearer", keyInUsernameField: false } as const;
const outcome = (reason: FailureReason, more: Partial<FailedOutcome> = {}): FailedOutcome => ({
  kind: "failed",
  step: "address",
  reason,
  steps: [],
  ...more,
});
const all = [
  ...failureReasons.map((reason) => outcome(reason)),
  ...(["FRONT_REFUSES", "SIGN_IN_PAGE", "REDIRECTED", "RULE_REFUSES"] as const).map((reason) =>
    outcome(reason, { notSent: true }),
  ),
  ...(["NOT_BITBUCKET", "REDIRECTED", "REDIRECTED_TO_HTTPS"] as const).map((reason) =>
    outcome(reason, { movedTo: "https://git.example.com/bitbucket" }),
  ),
  ...addressCauses.map((addressCause) => outcome("ADDRESS_NOT_ALLOWED", { addressCause })),
  ...certificateReasons.map((certificateReason) => outcome("CERTIFICATE_REFUSED", { certificateReason })),
];

describe("the texts for a failure", () => {
  test.each(all)(
    "is a title, a cure in at most four sentences and whose turn it is ($reason $certificateReason)",
    (failure) => {
      for (const shape of [basic, keyFirst, keySecond]) {
        const { title, cure, whose } = describeFailure(failure, shape);
        expect(title).toMatch(/^[A-Z].{8,80}[^.]$/);
        expect(cure).toMatch(/^[A-Z].*\.$/);
        expect(cure.split(". ").length).toBeLessThanOrEqual(4);
        expect([
          "you",
          "your Bitbucket administrator",
          "your network",
          "the portal's administrator",
        ]).toContain(whose);
        expect(`${title} ${cure}`).not.toMatch(/token|instance|!|oops|invalid/i);
      }
    },
  );

  test.each(all)(
    "is the turn of the one whose act the cure names first ($reason $certificateReason)",
    (failure) => {
      for (const shape of [basic, keyFirst, keySecond]) {
        const { cure, whose } = describeFailure(failure, shape);
        expect(firstToAct(cure)).toBe(whose);
      }
    },
  );

  test("only after failures that say nothing about the credential and may pass can it be stored unchecked", () => {
    expect(failureReasons.filter(mayStoreUnchecked)).toEqual([
      "NAME_UNKNOWN",
      "UNREACHABLE",
      "TIMED_OUT",
      "PROXY_UNREACHABLE",
      "PROXY_SILENT",
      "PROXY_NO_WAY",
      "STARTING",
      "MAINTENANCE",
      "RATE_LIMITED",
      "SERVER_ERROR",
      "DIRECTORY_UNREACHABLE",
    ]);
    for (const failure of all) {
      expect(describeFailure(failure, basic).mayStoreUnchecked).toBe(mayStoreUnchecked(failure.reason));
    }
  });

  test("a refused secret is pointed out at the field that holds it", () => {
    const rejected = outcome("SECRET_REJECTED");
    expect(describeFailure(rejected, basic)).toMatchObject({
      field: "password",
      title: expect.stringContaining("password"),
    });
    expect(describeFailure(rejected, keyFirst)).toMatchObject({
      field: "username",
      title: expect.stringContaining("API key"),
    });
    expect(describeFailure(rejected, keySecond)).toMatchObject({
      field: "password",
      title: expect.stringContaining("API key"),
    });
  });

  test("an earlier refusal is shown with its age, at the field that holds the secret", () => {
    const refused = (refusedSecondsAgo: number) => outcome("NOT_SENT_AGAIN", { refusedSecondsAgo });
    expect(describeFailure(refused(170), basic)).toMatchObject({
      title: "This user name and password were refused 3 minutes ago",
      field: "password",
    });
    expect(describeFailure(refused(0), keyFirst)).toMatchObject({
      title: "This API key was refused 1 second ago",
      field: "username",
    });
    expect(describeFailure(refused(40), keySecond)).toMatchObject({ field: "password" });
  });

  test("space around a password is pointed out after its refusal, and after the press that follows", () => {
    const spaced = { ...basic, spaceAroundPassword: true } as const;
    for (const reason of ["SECRET_REJECTED", "NOT_SENT_AGAIN"] as const) {
      const words = /^The password begins or ends with a space or an invisible character;/;
      expect(describeFailure(outcome(reason), spaced).cure).toMatch(words);
      expect(describeFailure(outcome(reason), basic).cure).not.toMatch(words);
    }
  });

  test("a wait is shown in seconds, minutes or hours", () => {
    const cure = (retryAfterSeconds: number) =>
      describeFailure(outcome("RATE_LIMITED", { retryAfterSeconds }), basic).cure;
    expect(
      [cure(1), cure(17), cure(600), cure(7200)].map((text) => /again in (.*)\.$/.exec(text)?.[1]),
    ).toEqual(["1 second", "17 seconds", "10 minutes", "2 hours"]);
  });

  test("each kind of refused certificate has words of its own", () => {
    const titles = certificateReasons.map(
      (certificateReason) =>
        describeFailure(outcome("CERTIFICATE_REFUSED", { certificateReason }), basic).title,
    );
    expect(new Set(titles).size).toBe(certificateReasons.length);
  });
});

/** What each role is told to do, or is said to be able to do. */
const acts = [
  [
    "your Bitbucket administrator",
    /ask your Bitbucket administrator|your Bitbucket administrator (?:has to|can)/i,
  ],
  ["the portal's administrator", /ask the portal's administrator|the portal's administrator can/i],
  ["your network", /ask your network's administrator/i],
  [
    "you",
    /(?:^|[.;] |, )(?:try again|start it again|check|enter|use|begin|open|sign in|make|correct|press)\b/i,
  ],
] as const;

function firstToAct(cure: string): string | undefined {
  const named = acts.map(([whose, act]) => ({ whose, at: cure.search(act) })).filter(({ at }) => at >= 0);
  return named.toSorted((one, other) => one.at - other.at)[0]?.whose;
}
