import "server-only";
import { hostname, networkInterfaces } from "node:os";
import type { Endpoint } from "@/lib/egress/policy";
import type { Environment } from "@/lib/env";

const databasePort = 5432;

/**
 * Where the database of `DATABASE_URL` can be reached: every host with every port in the URL, in its authority, as
 * `?host=`, `?hostaddr=` and `?port=` and in comma-separated lists, as libpq and `pg` read them. A local socket
 * counts as this machine: its server usually listens on a port as well.
 * (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING)
 */
export function databaseEndpoints(address: string): Endpoint[] {
  const [, authority = "", query = ""] =
    /^[a-z]+:\/\/(?:[^@/?#]*@)?([^/?#]*)[^?]*(?:\?([^#]*))?/i.exec(address) ?? [];
  const named = authority.split(",").map(splitPort);
  const given = new URLSearchParams(query);
  const all = (name: string) => given.getAll(name).flatMap((value) => value.split(","));
  const hosts = [...named.map(({ host }) => host), ...all("host"), ...all("hostaddr")].map(hostOnNetwork);
  const ports = [...named.map(({ port }) => port), ...all("port")].map(Number).filter((port) => port > 0);
  const everyPort = new Set(ports.length > 0 ? ports : [databasePort]);
  return [...new Set(hosts)].flatMap((host) => [...everyPort].map((port) => ({ host, port })));
}

/** Where this portal itself can be reached: its port on every address of this machine, and its public origin. */
export function portalEndpoints({
  PORT,
  BIND,
  APP_ORIGIN,
}: Pick<Environment, "PORT" | "BIND" | "APP_ORIGIN">): Endpoint[] {
  const own = new URL(APP_ORIGIN);
  const ownPort = Number(own.port) || (own.protocol === "https:" ? 443 : 80);
  const addresses = Object.values(networkInterfaces()).flatMap(
    (each) => each?.map(({ address }) => address) ?? [],
  );
  const hosts = new Set(["localhost", hostname().toLowerCase(), ...addresses, ...(BIND ? [BIND] : [])]);
  return [
    ...[...hosts].map((host) => ({ host, port: PORT })),
    // By its name only: one reverse proxy often serves the portal and Bitbucket on the same address and port.
    { host: hostOnNetwork(own.hostname), port: ownPort, byNameOnly: true },
  ];
}

function splitPort(text: string): { host: string; port: string } {
  const [, host = "", port = ""] = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(text) ?? [];
  return { host, port };
}

// In the spelling of policies: without brackets. A path, percent-encoded in the authority, is a socket; so is an
// empty host.
function hostOnNetwork(text: string): string {
  const host = decoded(text)
    .replace(/^\[(.*)\]$/, "$1")
    .toLowerCase();
  return host === "" || host.startsWith("/") || host.startsWith("@") ? "localhost" : host;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
