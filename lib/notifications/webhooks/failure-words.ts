const refusedByPolicy = "The portal may not call this address";
const proxy = "The portal's own proxy did not let it through";

/** What the failure of an attempt means, for the delivery log; a code of a newer version stands for itself. */
export function failureInWords(failure: string, status: number | null): string {
  const words = known[failure] ?? failure;
  return status === null ? words : `${words} (${status})`;
}

const known: Readonly<Record<string, string>> = {
  scheme: refusedByPolicy,
  "forbidden-port": refusedByPolicy,
  "forbidden-address": refusedByPolicy,
  "not-allow-listed": refusedByPolicy,
  "name-unknown": "The name is not known",
  "dns-error": "The name could not be looked up",
  unreachable: "The server could not be reached",
  timeout: "The server did not answer in time",
  certificate: "The server's certificate was refused",
  "client-certificate": "The server wants a client certificate",
  "not-tls": "The server does not speak TLS",
  "tls-expected": "The server speaks TLS only",
  "proxy-unreachable": proxy,
  "proxy-silent": proxy,
  "proxy-sign-in": proxy,
  "proxy-refuses": proxy,
  "proxy-no-way": proxy,
  "proxy-unreadable": proxy,
  busy: "Too many calls to the server at once",
  "not-accepted": "The receiver did not accept it",
  gone: "The receiver is gone",
  "too-large": "The answer was too large",
  "headers-too-large": "The answer was too large",
  "bad-encoding": "The answer could not be read",
  malformed: "The answer could not be read",
  "no-mail-server": "The portal has no mail server any more",
  "sign-in-refused": "The mail server refused the portal's sign-in",
  "unknown-recipient": "The mail server does not know the address",
  "over-limit": "Not sent: the address has had its 60 e-mails of this hour",
  refused: "The mail server did not take it",
};
