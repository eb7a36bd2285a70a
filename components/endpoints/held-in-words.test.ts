import { describe, expect, it } from "vitest";
import type { EndpointSummary } from "@/lib/endpoints/types";
import { heldInWords } from "./held-in-words";

const source: EndpointSummary = {
  ...{ id: "s", direction: "source", connector: "bitbucket-server", name: "Nightly", description: "" },
  ...{ createdAt: "", ownerName: "Robin", role: "owner", paused: null, stopped: null, refused: null },
  ...{ settings: null, writing: null, input: null, schedule: { kind: "manual" }, nextRunAt: null },
  ...{ keepRunsDays: 1, keepDeletedDays: 1, keepDeliveriesDays: 1 },
  credential: {
    ...{ id: "c", name: "Key", baseUrl: "https://bitbucket.example.com", status: "rejected" },
    ...{ isSuspended: false, role: "owner", ownerName: "Robin" },
  },
};
const lent = source.credential && { ...source.credential, role: "collaborator" as const, ownerName: "Kim" };

describe("why a source does not run", () => {
  it("is nothing while its credential can be used", () => {
    expect(heldInWords(source)).toBeNull();
  });

  it("names the cure that this reader has, or whom to ask", () => {
    const own = heldInWords({ ...source, refused: "rejected" });
    expect(own?.short).toBe("Stopped: replace the credential’s secret.");
    expect(own?.links.map(({ label }) => label)).toEqual(["Replace secret", "Choose another credential"]);
    const asked = heldInWords({ ...source, credential: lent, refused: "rejected" });
    expect(asked?.short).toBe(
      "Stopped: ask the owner, Kim, or an administrator of it to replace the credential’s secret.",
    );
    const operator = { ...source, credential: null, role: "operator", refused: "locked" } as const;
    expect(heldInWords(operator)).toMatchObject({
      short: "Stopped: ask Robin to have the credential mended.",
      links: [],
    });
  });

  it("of one whose right ended is the right, and not what is known against the credential", () => {
    const lost = heldInWords({
      ...source,
      credential: null,
      stopped: "credential-lost",
      refused: "rejected",
    });
    expect(lost?.title).toBe("The credential is no longer shared with you");
    expect(lost?.short).toBe("Stopped: choose another credential.");
    const operator = { ...source, role: "operator", stopped: "credential-lost" } as const;
    expect(heldInWords(operator)?.short).toBe("Stopped: ask Robin to choose another credential.");
  });
});
