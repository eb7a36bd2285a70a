import { z } from "zod";
import { defaultKind } from "@/lib/connectors/kinds";
import { connectorOf } from "@/lib/connectors/registry";
import { authorityTextFormSchema } from "./form-schema";

/** Any address of a server, as a person types it. Of the base URL the origin counts: a certificate knows no context path. */
export const serverSchema = z
  .string({ error: "Enter the server's address, for example https://bitbucket.example.com." })
  .transform((typed, context) => {
    const diagnosis = connectorOf(defaultKind).normalizeBaseUrl(typed);
    if (diagnosis.ok) return diagnosis.baseUrl;
    context.addIssue({ code: "custom", message: diagnosis.message });
    return z.NEVER;
  });

/** What the administrator wants to see before deciding: what the server presents, or what a text or file holds. */
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
  /** With an authority that was pasted; what a server presents is asked for anew. */
  pem: authorityTextFormSchema.shape.pem.optional(),
});

/** A trust that is to end, and the page to come back to. */
export const endTrustSchema = z.object({ trustId: z.guid(), server: serverSchema });

/** The page on which a server's certificate is looked at and trusted. */
export function certificatePath(server: string): string {
  return `/admin/servers/certificate?${new URLSearchParams({ server })}`;
}
