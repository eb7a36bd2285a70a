import { byAdministrators, type DomainActions, never } from "./entry";

const server = "https://bitbucket.example.com";
const noServer = "https://bitbucket.invalid";

async function anAuthority() {
  const { makeCertificate } = await import("@/lib/testing/certificates");
  const { readPem } = await import("@/lib/egress/presented-certificate");
  const { cert: pem } = await makeCertificate({ name: "Example authority", isAuthority: true });
  const [certificate] = readPem(pem) ?? [];
  if (!certificate) throw new Error("the certificate could not be read");
  return { pem, certificate };
}

// Trust belongs to the portal: no id in these calls belongs to a user.
export const serverActions: DomainActions = {
  inspectCertificateAction: {
    calls: byAdministrators(() => ({ server: noServer, source: "server" }), "CHECK_FAILED"),
    leaves: [],
    arrange: async ({ administrator }) => ({
      as: administrator,
      form: { server, source: "text", pem: (await anAuthority()).pem },
    }),
    mutations: {},
  },
  trustCertificateAction: {
    calls: byAdministrators(
      () => ({ server: noServer, kind: "pin", sha256: Array(32).fill("AB").join(":") }),
      "CONFLICT",
    ),
    leaves: ["server.trust-added"],
    arrange: async ({ administrator }) => {
      const { X509Certificate } = await import("node:crypto");
      const { pem } = await anAuthority();
      const sha256 = new X509Certificate(pem).fingerprint256;
      return { as: administrator, form: { server, kind: "authority", sha256, pem } };
    },
    mutations: {},
  },
  endTrustAction: {
    calls: byAdministrators(() => ({ server: noServer, trustId: never }), "NOT_FOUND trust"),
    leaves: ["server.trust-ended"],
    arrange: async ({ db, administrator }) => {
      const { addTrust } = await import("@/lib/servers/mutations");
      const { certificate } = await anAuthority();
      const trustId = await addTrust(db, administrator, { origin: server, kind: "authority", certificate });
      return { as: administrator, form: { trustId, server } };
    },
    mutations: {},
  },
};
