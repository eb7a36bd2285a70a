import { describe, expect, it } from "vitest";
import type { CheckOutcome, FailedOutcome } from "@/lib/connectors/types";
import { verified } from "@/lib/testing/credentials";
import { outcomeOf, type SettledOutcome, settledOutcomeOf } from "./settled-outcome";

const failed: FailedOutcome = { kind: "failed", step: "signedIn", reason: "SECRET_REJECTED", steps: [] };
const avatar = { mediaType: "image/png", image: Uint8Array.of(0x89, 0x50, 0, 255) } as const;
const pictured: CheckOutcome = { ...verified, avatar };

describe("an outcome that other attempts wait for", () => {
  it.each<[string, CheckOutcome]>([
    ["a failure", failed],
    ["a success without a picture", verified],
    ["a success with a picture", pictured],
    ["a success with an empty picture", { ...verified, avatar: { ...avatar, image: new Uint8Array() } }],
  ])("comes back from JSON as it was: %s", (_what, outcome) => {
    // JSON.parse gives `any`; the database's column has this type.
    const stored = JSON.parse(JSON.stringify(settledOutcomeOf(outcome))) as SettledOutcome;
    expect(outcomeOf(stored)).toEqual(outcome);
  });

  it("is stored with the picture's bytes beside it, in base64, and once only", () => {
    expect(settledOutcomeOf(pictured)).toEqual({
      outcome: { ...verified, avatar: { mediaType: "image/png", image: new Uint8Array() } },
      image: "iVAA/w==",
    });
  });

  it("without a picture has no bytes beside it", () => {
    expect(settledOutcomeOf(failed)).toEqual({ outcome: failed, image: null });
    expect(settledOutcomeOf(verified)).toEqual({ outcome: verified, image: null });
  });

  it("gains no picture from bytes that it does not name, and loses nothing where bytes are missing", () => {
    expect(outcomeOf({ outcome: failed, image: "AAAA" })).toEqual(failed);
    expect(outcomeOf({ outcome: verified, image: "AAAA" })).toEqual(verified);
    expect(outcomeOf({ outcome: pictured, image: null })).toEqual(pictured);
  });
});
