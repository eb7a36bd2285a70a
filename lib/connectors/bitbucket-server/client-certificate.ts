import { hasOwnErrors, type ServerAnswer } from "./server-answer";

/**
 * What fronts write to callers without a certificate: nginx in a 400 (its own 495 and 496 where those are let through), IIS
 * in a 403.7, Apache where it may not ask once the greeting is over.
 */
const words =
  /no required SSL certificate was sent|the SSL certificate error|client certificate (?:is )?required|certificate required to access|requires? (?:your browser to have )?an? (?:valid )?(?:Secure Sockets Layer \(SSL\) |SSL )?client certificate|cannot perform post-handshake authentication/i;

/** True for an answer by which a front, and not Bitbucket, asks for a client certificate. */
export function asksForClientCertificate(answer: ServerAnswer): boolean {
  const { status } = answer;
  if (status === 495 || status === 496) return true;
  if ((status !== 400 && status !== 401 && status !== 403) || hasOwnErrors(answer)) return false;
  return words.test(new TextDecoder().decode(answer.body.subarray(0, 10_000)));
}
