import { request as ask } from "node:http";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { headersOfEveryAnswer } from "@/lib/http/security-headers";
import { iconsPath } from "@/lib/paths";
import { expect, test } from "./fixtures";
import { addCredentialPath, formFields, seedCredential, tileNames } from "./page-objects";
import { rightCredential } from "./refusals";
import { actionIds } from "./server-actions";

const names = Object.keys(headersOfEveryAnswer({ https: false })).map((name) => name.toLowerCase());

/** Sends raw bytes, and returns the response until the server closes or two seconds have passed. */
async function exchange(origin: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  let answer = "";
  socket.on("data", (chunk) => {
    answer += chunk.toString();
  });
  socket.on("error", () => undefined);
  socket.write(bytes);
  await Promise.race([new Promise((resolve) => socket.once("close", resolve)), sleep(2_000)]);
  socket.destroy();
  return answer;
}

test("every response has the security headers: pages, actions, files, avatars, redirects, faults", async ({
  user,
  portalOrigin,
  sandbox,
}) => {
  const { client } = user;
  const id = await seedCredential(user, rightCredential(sandbox));
  const html = await (await client.get("/sources")).text();
  const files = [...new Set(html.match(/\/_next\/static\/[^"'\\ ]+\.(?:js|css|woff2)/g))];
  expect(files.length).toBeGreaterThan(2);
  const answers: Record<string, Response> = {
    "a page": await client.get("/sources"),
    "an RSC payload": await client.get("/sources", { rsc: "1" }),
    "a page that is absent": await client.get("/nothing/at/all"),
    "a redirect": await fetch(new URL("/sources", portalOrigin), { redirect: "manual" }),
    "a redirect of Next's own": await client.get("/sources/"),
    "a picture": await client.get(`/credentials/${id}/avatar`),
    "the icon": await client.get("/icon.svg"),
    "the icons": await client.get(iconsPath),
    "the icons of another version": await client.get("/icons.svg?v=00000000"),
    "the icon that browsers ask for": await client.get("/favicon.ico"),
    "a file that is absent": await client.get("/_next/static/chunks/none.js"),
    "an address that cannot be decoded": await client.get("/_next/static/%E0%A4%A"),
    "an action that is none": await client.post("/sources", "[]", { "next-action": "0".repeat(42) }),
    "an action with arguments that cannot be read": await client.post("/sign-in", "{", {
      "next-action": actionIds().get("signUpAction") ?? "",
    }),
    "a change from elsewhere": await client.post("/sources", "", { origin: "https://elsewhere.example" }),
    "a form that is too long": await client.post("/sources", "x".repeat(70_000)),
    "next-auth": await client.get("/api/auth/session"),
    "the image optimiser": await client.get("/_next/image?url=%2Ficon.svg&w=64&q=75"),
    ...Object.fromEntries(
      await Promise.all(files.map(async (file) => [file, await client.get(file)] as const)),
    ),
  };
  for (const [what, answer] of Object.entries(answers)) {
    const missing = names.filter((name) => !answer.headers.has(name));
    expect(missing, `${what}, ${answer.status}`).toEqual([]);
    expect(answer.headers.get("content-security-policy"), what).toContain("frame-ancestors 'none'");
  }
  expect(answers["the image optimiser"]?.status).toBe(404);
  // Caches may store existing files, which have hashed names, but no page and no 404.
  expect(answers[files[0] ?? ""]?.headers.get("cache-control")).toContain("immutable");
  expect(answers["the icons"]?.headers.get("cache-control")).toContain("immutable");
  expect(answers["the icons of another version"]?.headers.get("cache-control")).toContain("no-store");
  expect(answers["a page"]?.headers.get("cache-control")).toContain("no-store");
});

test("responses of the portal's HTTP parser have them too", async ({ portalOrigin }) => {
  const host = "Host: localhost\r\n";
  const requests: [bytes: string, status: number][] = [
    ["nonsense\r\n\r\n", 400],
    ["GET / HTTP/1.1\r\n\r\n", 400],
    [`GET / HTTP/1.1\r\n${host}X-Long: ${"x".repeat(20_000)}\r\n\r\n`, 431],
    [`POST / HTTP/1.1\r\n${host}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`, 400],
  ];
  for (const [bytes, status] of requests) {
    const answer = await exchange(portalOrigin, bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    for (const name of names) expect(answer.toLowerCase(), `${status}: ${name}`).toContain(`\r\n${name}: `);
  }
});

test("a chunked form that exceeds the limit is refused while it streams, and stores nothing", async ({
  user,
  sandbox,
}) => {
  const { client } = user;
  const form = await client.fillIn(addCredentialPath, formFields(rightCredential(sandbox)));
  const cookie = client
    .cookies()
    .map(({ name, value }) => `${name}=${value}`)
    .join("; ");
  const whole = new Response(form.body);
  const type = whole.headers.get("content-type") ?? "";
  const start = Buffer.from(await whole.arrayBuffer()).subarray(0, 400);
  const sent = ask(new URL(form.path, client.origin), {
    method: "POST",
    headers: { origin: client.origin, cookie, "content-type": type, "transfer-encoding": "chunked" },
  });
  const answered = new Promise<number>((resolve, reject) => {
    sent.once("response", ({ statusCode }) => resolve(statusCode ?? 0));
    sent.once("error", reject);
  });
  sent.write(start);
  let isOver = false;
  void answered.finally(() => {
    isOver = true;
  });
  // The request never ends, so only a refusal midway can answer it.
  for (let round = 0; round < 400 && !isOver; round += 1) {
    sent.write("x".repeat(16 * 1024));
    await sleep(10);
  }
  expect(await answered).toBe(413);
  sent.destroy();
  expect(await tileNames(user)).toEqual([]);
  await seedCredential(user, rightCredential(sandbox));
  expect(await tileNames(user)).toEqual(["Fernwood"]);
});
