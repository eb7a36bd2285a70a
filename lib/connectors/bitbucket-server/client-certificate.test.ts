import { describe, expect, test } from "vitest";
import { baseUrlAt } from "@/lib/testing/base-url";
import { readRefusal } from "./answer";

const sent = { baseUrl: baseUrlAt("https://bitbucket.test"), scheme: null };
const reasonOf = (status: number, body: string, headers: Record<string, string> = {}) =>
  readRefusal({ status, body: Buffer.from(body), headers: new Map(Object.entries(headers)) }, sent).reason;
const page = (text: string) =>
  `<html><head><title>${text}</title></head><body><h1>${text}</h1></body></html>`;

describe("a proxy that wants a client certificate and answers over HTTP", () => {
  test.each([
    ["nginx", 400, page("400 No required SSL certificate was sent")],
    ["nginx, to a certificate that it could not verify", 400, page("400 The SSL certificate error")],
    ["nginx's own number for none", 496, ""],
    ["nginx's own number for a bad one", 495, page("SSL Certificate Error")],
    ["IIS", 403, page("403.7 - Forbidden: Client certificate required.")],
    [
      "IIS, in full",
      403,
      page(
        "The page you are attempting to access requires your browser to have a Secure Sockets Layer (SSL) client certificate",
      ),
    ],
    [
      "Apache, which may not ask after the greeting",
      403,
      page("Cannot perform Post-Handshake Authentication."),
    ],
    ["a gateway, as text", 403, "A valid client certificate is required"],
    ["a gateway, as JSON", 401, '{"message":"This API requires a client certificate"}'],
  ])("%s", (_who, status, body) => {
    expect(reasonOf(status, body)).toBe("CLIENT_CERTIFICATE_WANTED");
  });

  test.each([
    [
      "Bitbucket's own refusal, whatever its words",
      401,
      '{"errors":[{"message":"client certificate required"}]}',
    ],
    ["http on the port for https", 400, page("400 The plain HTTP request was sent to HTTPS port")],
    ["a page that speaks of certificates", 404, page("client certificate required")],
    ["any other bad request", 400, page("400 Bad Request")],
  ])("and not %s", (_who, status, body) => {
    expect(reasonOf(status, body)).not.toBe("CLIENT_CERTIFICATE_WANTED");
  });
});
