import { z } from "zod";
import { defaultKind } from "@/lib/connectors/kinds";
import { connectorOf } from "@/lib/connectors/registry";
import { authorityTextFormSchema } from "./form-schema";

/** A server's address as a user types it. Only the base URL's origin counts: a certificate knows no context path. */
export const serverSchema = z
  .string({ error: "Enter the server's address, for example https://bitbucket.example.com." })
  .transform((typed, context) => {
    const diagnosis = connectorOf(defaultKind).normalizeBaseUrl(typed);
    if (diagnosis.ok) return diagnosis.baseUrl;
    context.addIssue({ code: "custom", message: diagnosis.message });
    return z.NEVER;
  });

/** What to inspect before a decision: the server's certificates, or those in a text or file. */
export const inspectCertificateSchema = z.object({
  server: serverSchema,
  source: z.enum(["server", "text"]),
  ...authorityTextFormSchema.shape,
});

/** A decision about one certificate, named by the SHA-256 that the administrator saw. */
export const trustCertificateSchema = z.object({
  server: serverSchema,
  kind: z.enum(["authority", "pin"]),
  sha256: z.string().regex(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/),
  /** For a pasted authority; a server's certificates are read again. */
  pem: authorityTextFormSchema.shape.pem.optional(),
});

/** The form that ends a trust, and the page to return to. */
export const endTrustSchema = z.object({ trustId: z.guid(), server: serverSchema });

/** The page that inspects and trusts a server's certificates. */
export function certificatePath(server: string): string {
  return `/admin/servers/certificate?${new URLSearchParams({ server })}`;
}
