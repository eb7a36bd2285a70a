import type { Words } from "@/lib/connectors/failures";
import type { CertificateReason } from "@/lib/connectors/types";

type CertificateWords = Omit<Words, "field">;

/** The texts for each reason to refuse a certificate. */
export const certificateWords: Readonly<Record<CertificateReason, CertificateWords>> = {
  expired: {
    title: "The server's certificate has expired",
    cure: "It is the server's own. Your Bitbucket administrator has to renew it.",
    whose: "your Bitbucket administrator",
  },
  "not-yet-valid": {
    title: "The server's certificate is not valid yet",
    cure: "Its first day lies ahead, or the portal's clock is wrong. Ask your Bitbucket administrator.",
    whose: "your Bitbucket administrator",
  },
  "wrong-host": {
    title: "The server's certificate is for another name",
    cure: "Enter the server's name as the browser shows it; an IP address or a short name often does not match.",
    whose: "you",
  },
  "self-signed": {
    title: "The server's certificate is signed by itself",
    cure: "Nobody vouches for it. The portal's administrator can pin it for this server, under Servers, or your Bitbucket administrator can get one from an authority.",
    whose: "the portal's administrator",
  },
  "untrusted-issuer": {
    title: "The portal does not know who issued the server's certificate",
    cure: "Companies often have a certificate authority of their own. The portal's administrator can trust it for this server, under Servers.",
    whose: "the portal's administrator",
  },
  "incomplete-chain": {
    title: "The server's certificate cannot be traced to a known authority",
    cure: "Either the server leaves out the certificate in between, which your Bitbucket administrator can add, or your company's authority is missing in the portal.",
    whose: "your Bitbucket administrator",
  },
  "intermediate-expired": {
    title: "A certificate that the server sends along has expired",
    cure: "The server's own certificate is in date; the intermediate one between it and its authority is not. Your Bitbucket administrator has to replace that one on the server.",
    whose: "your Bitbucket administrator",
  },
  "intermediate-not-yet-valid": {
    title: "A certificate that the server sends along is not valid yet",
    cure: "It is the intermediate one between the server's own and its authority, or the portal's clock is wrong. Ask your Bitbucket administrator.",
    whose: "your Bitbucket administrator",
  },
  "authority-expired": {
    title: "The authority behind the server's certificate has expired",
    cure: "The server's own certificate is in date. If the authority was renewed, the portal's administrator can trust the new one for this server, under Servers; otherwise the server needs a certificate from another.",
    whose: "the portal's administrator",
  },
  "authority-not-yet-valid": {
    title: "The authority behind the server's certificate is not valid yet",
    cure: "Its first day lies ahead, or the portal's clock is wrong. Ask the portal's administrator.",
    whose: "the portal's administrator",
  },
  "old-tls": {
    title: "The server only speaks outdated encryption",
    cure: "The portal needs TLS 1.2 or newer. Ask your Bitbucket administrator to switch it on.",
    whose: "your Bitbucket administrator",
  },
  other: {
    title: "No secure connection could be made",
    cure: "The server's certificate or its encryption is not acceptable. Ask your Bitbucket administrator to look at it.",
    whose: "your Bitbucket administrator",
  },
};

/** The texts for a refused certificate, with its last or first day if known. `date`: an ISO 8601 instant. */
export function wordsOfCertificate(reason: CertificateReason, date: string | undefined): Words {
  const words = certificateWords[reason];
  const when = date === undefined || Number.isNaN(Date.parse(date)) ? null : day.format(new Date(date));
  const verb = reason.endsWith("not-yet-valid") ? "begins" : "ended";
  const cure = when === null ? words.cure : `It ${verb} on ${when}. ${words.cure}`;
  return { ...words, cure, field: "baseUrl" };
}

const day = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});
