#!/usr/bin/env bash
# What one would guess: `error.code` is the stable way to tell TLS failures apart in Node.js, so a client that reads
#   ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE to say "this server wants a client certificate" goes on doing so after an update.
# What is so: OpenSSL renamed the texts of its alerts, and Node.js derives the codes from them. The alert of a TLS 1.2 server
#   that misses a client certificate has another code, with a slash in it, on Node.js 22.23.3 and 24.21.0 than on 20.19.6:
#   ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE became ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE. That of TLS 1.3,
#   ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED, kept its name.
# Source: found while the portal's words for a wanted client certificate were compared on three versions of Node.js, taken
#   from the npm package `node`.
# Exits 0 while this is so, and 1 when it has changed.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund node-forge@1.3.1
cat >run.cjs <<'JS'
const forge = require("node-forge");
const tls = require("node:tls");

const keys = forge.pki.rsa.generateKeyPair(2048);
const certificate = forge.pki.createCertificate();
certificate.publicKey = keys.publicKey;
certificate.serialNumber = "01";
certificate.validity.notBefore = new Date(Date.now() - 86_400_000);
certificate.validity.notAfter = new Date(Date.now() + 86_400_000);
const name = [{ name: "commonName", value: "localhost" }];
certificate.setSubject(name);
certificate.setIssuer(name);
certificate.sign(keys.privateKey, forge.md.sha256.create());
const cert = forge.pki.certificateToPem(certificate);
const key = forge.pki.privateKeyToPem(keys.privateKey);

function codeOf(version) {
  return new Promise((resolve) => {
    const server = tls.createServer({ cert, key, requestCert: true, rejectUnauthorized: true, minVersion: version, maxVersion: version });
    server.on("tlsClientError", () => {});
    server.listen(0, "127.0.0.1", () => {
      const socket = tls.connect({ port: server.address().port, host: "127.0.0.1", ca: cert, checkServerIdentity: () => undefined });
      socket.on("secureConnect", () => socket.write("hello"));
      socket.on("error", (error) => { server.close(); resolve(error.code); });
      socket.on("close", () => { server.close(); resolve("closed"); });
    });
  });
}

(async () => console.log(`${await codeOf("TLSv1.2")} ${await codeOf("TLSv1.3")}`))();
JS
codes() {
  mkdir "$1" && (cd "$1" && npm init -y >/dev/null && npm install --silent --no-audit --no-fund "node@$1")
  timeout 60 "$1/node_modules/.bin/node" run.cjs
}
old="$(codes 20.19.6)"
newer="$(codes 22.23.3)"
newest="$(codes 24.21.0)"
printf '20.19.6: %s\n22.23.3: %s\n24.21.0: %s\n' "$old" "$newer" "$newest"
if [[ "$newer" == "$newest" && "$old" != "$newer" && "$old" == *SSLV3_ALERT* && "$newer" == *SSL/TLS_ALERT* ]]; then
  echo "As found."
else
  echo "This has changed."
  exit 1
fi
