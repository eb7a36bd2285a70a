import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { gunzipSync } from "node:zlib";
import { type BrowserContext, chromium, type Request } from "@playwright/test";
import { chromiumArguments, findOrInstallChromium } from "../e2e/chromium";
import type { Target } from "./load";

const aheadMs = 4_000;

/** Bytes of bodies: as transferred and after unpacking. */
export type Weight = { transferred: number; decoded: number };

/** The network cost of one visit to a page. */
export type PageWeight = {
  html: Weight;
  /** Scripts named in the page's HTML. */
  scripts: Weight;
  /** Scripts that Chromium prefetches for the pages behind visible links. */
  scriptsAhead: Weight;
  /** The number of content requests that Chromium makes for those pages before any click. */
  pagesAhead: number;
};

/**
 * Weighs each page until the network is idle: the HTML by a plain request, the rest in Chromium with an empty cache.
 */
export async function weighPages(targets: readonly Target[]): Promise<PageWeight[]> {
  const browser = await chromium.launch({
    executablePath: findOrInstallChromium(),
    args: chromiumArguments,
  });
  try {
    const weights: PageWeight[] = [];
    for (const target of targets) {
      const context = await browser.newContext();
      weights.push(await weigh(context, target));
      await context.close();
    }
    return weights;
  } finally {
    await browser.close();
  }
}

async function weigh(context: BrowserContext, target: Target): Promise<PageWeight> {
  const { text, ...html } = await read(target);
  const { origin } = new URL(target.url);
  await context.addCookies(cookiesOf(target.cookie).map((cookie) => ({ ...cookie, url: origin })));
  const page = await context.newPage();
  const requests: Request[] = [];
  page.on("request", (request) => requests.push(request));
  await page.goto(target.url, { waitUntil: "networkidle" });
  // Prefetching begins only when the browser is idle.
  await page.waitForTimeout(aheadMs);
  const of = (type: string) => requests.filter((request) => request.resourceType() === type);
  const scripts = [...new Set(of("script").map((request) => request.url()))];
  const isNamed = (url: string) => text.includes(new URL(url).pathname);
  return {
    html,
    scripts: await sum(scripts.filter(isNamed)),
    scriptsAhead: await sum(scripts.filter((url) => !isNamed(url))),
    pagesAhead: of("fetch").length,
  };
}

// Chromium lists the scripts, but drops the bodies of prefetched ones; so each script is requested again.
async function sum(scripts: readonly string[]): Promise<Weight> {
  const weights = await Promise.all(scripts.map((url) => read({ url, cookie: "" })));
  return {
    transferred: weights.reduce((total, { transferred }) => total + transferred, 0),
    decoded: weights.reduce((total, { decoded }) => total + decoded, 0),
  };
}

async function read({ url, cookie }: Target): Promise<Weight & { text: string }> {
  const headers = { "accept-encoding": "gzip", ...(cookie ? { cookie } : {}) };
  const [response] = (await once(get(url, { headers }), "response")) as [IncomingMessage]; // As the event is defined.
  if (response.statusCode !== 200) throw new Error(`${url} answered ${response.statusCode}`);
  const packed = Buffer.concat(await response.toArray());
  const plain = response.headers["content-encoding"] === "gzip" ? gunzipSync(packed) : packed;
  return { transferred: packed.length, decoded: plain.length, text: plain.toString() };
}

/** The cookies of a Cookie header. */
export function cookiesOf(header: string): { name: string; value: string }[] {
  return header
    .split("; ")
    .filter(Boolean)
    .map((pair) => ({ name: pair.slice(0, pair.indexOf("=")), value: pair.slice(pair.indexOf("=") + 1) }));
}
