"use server";

import { defineAction } from "@/lib/action";
import { done, keepFields, type Outcome, refused } from "@/lib/action-result";
import { database } from "@/lib/db/client";
import { readPem } from "@/lib/egress/presented-certificate";
import { notFound } from "@/lib/errors";
import { chainOf, findCertificate, inspectionOfServer, inspectionOfText, inWords, lookFor } from "./inspect";
import { addTrust, endTrust } from "./mutations";
import { canManageServers } from "./policy";
import { certificatePath, endTrustSchema, inspectCertificateSchema, trustCertificateSchema } from "./schema";
import type { Inspection } from "./types";

export const inspectCertificateAction = defineAction(
  inspectCertificateSchema,
  async (actor, { server, source, pem, file }): Promise<Outcome<Inspection, never>> => {
    if (!canManageServers(actor)) throw notFound("server");
    if (source === "server") {
      const look = await lookFor(await database(), actor, server);
      if (look.ok) return done(inspectionOfServer(look));
      const { title, cure } = inWords(look.failure);
      return refused({ code: "CHECK_FAILED", message: `${title}. ${cure}` });
    }
    const certificates = readPem(pem.trim() || ((await file?.text()) ?? ""));
    if (certificates) return done(inspectionOfText(certificates));
    const fieldErrors = {
      pem: "Paste a certificate as PEM, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----, ten at most.",
    };
    return refused({ code: "INVALID_INPUT", message: "No certificate could be read.", fieldErrors });
  },
  { keep: keepFields("pem") },
);

export const trustCertificateAction = defineAction(
  trustCertificateSchema,
  async (actor, { server, kind, sha256, pem }): Promise<Outcome<{ server: string }, never>> => {
    if (!canManageServers(actor)) throw notFound("server");
    const db = await database();
    const isText = Boolean(pem) && kind === "authority";
    // The server is asked again, since its certificate may have changed: the posted fingerprint alone proves nothing.
    const there = isText ? readPem(pem ?? "") : chainOf(await lookFor(db, actor, server));
    const certificate = findCertificate(there ?? [], kind, sha256);
    if (!certificate) {
      return refused({
        code: "CONFLICT",
        message: `${server.origin} does not present this certificate now. Look at its certificate again before you trust it.`,
      });
    }
    await addTrust(db, actor, { origin: server.origin, kind, certificate });
    return done({ server: server.origin });
  },
  { redirectTo: ({ server }) => `${certificatePath(server)}&done=trusted` },
);

export const endTrustAction = defineAction(
  endTrustSchema,
  async (actor, { trustId, server }): Promise<Outcome<{ server: string }, never>> => {
    await endTrust(await database(), actor, trustId);
    return done({ server: server.origin });
  },
  { redirectTo: ({ server }) => `${certificatePath(server)}&done=ended` },
);
