import { documentOf } from "./html";

/** A no-JavaScript client: reads pages, posts their forms, keeps cookies. */
export class NoScriptClient {
  readonly origin: string;
  readonly #cookies: Map<string, string>;

  constructor(origin: string, cookies: Record<string, string> = {}) {
    this.origin = origin;
    this.#cookies = new Map(Object.entries(cookies));
  }

  /** The cookies as name and value, in the form that a browser context takes. */
  cookies(): { name: string; value: string; url: string }[] {
    return [...this.#cookies].map(([name, value]) => ({ name, value, url: this.origin }));
  }

  /** Reads a page without following redirects. */
  get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.#send(path, { headers });
  }

  /** Posts to an address, like a form of the portal. */
  post(path: string, body: BodyInit, headers: Record<string, string> = {}): Promise<Response> {
    return this.#send(path, { method: "POST", body, headers: { origin: this.origin, ...headers } });
  }

  /** Opens the page at `path`, fills in its form that has all of `fields`, and posts the form. */
  async submit(path: string, fields: Record<string, string>, button?: [string, string]): Promise<Response> {
    const form = await this.fillIn(path, fields);
    if (button) form.body.set(...button);
    return this.post(form.path, form.isMultipart ? form.body : searchParamsOf(form.body));
  }

  /** The form at `path` that has all of `fields`, filled in but not posted: its address and body. */
  async fillIn(path: string, fields: Record<string, string>): Promise<FilledForm> {
    const page = await this.#follow(path);
    const form = formWith(await page.response.text(), Object.keys(fields));
    const body = new FormData();
    for (const [name, value] of form.hidden) body.append(name, value);
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    return { path: form.action ?? page.path, isMultipart: form.isMultipart, body };
  }

  async #follow(path: string): Promise<{ path: string; response: Response }> {
    let at = path;
    for (let hops = 0; hops < 5; hops += 1) {
      const response = await this.get(at);
      const location = response.headers.get("location");
      if (!location) return { path: at, response };
      const next = new URL(location, this.origin);
      at = next.pathname + next.search;
    }
    throw new Error(`${path} redirects without end`);
  }

  async #send(path: string, init: RequestInit): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { ...(cookie ? { cookie } : {}), ...init.headers };
    const response = await fetch(new URL(path, this.origin), { ...init, headers, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return response;
  }

  #keep(line: string): void {
    const [pair = ""] = line.split(";");
    const name = pair.slice(0, pair.indexOf("=")).trim();
    const value = pair.slice(pair.indexOf("=") + 1);
    if (value === "" || /max-age=0/i.test(line)) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }
}

export type FilledForm = { path: string; isMultipart: boolean; body: FormData };

type Form = { action: string | null; isMultipart: boolean; hidden: [string, string][] };

function formWith(html: string, names: string[]): Form {
  const form = [...documentOf(html).querySelectorAll("form")].find((one) =>
    names.every((name) => one.querySelector(`[name="${name}"]`) !== null),
  );
  if (!form) throw new Error(`the page has no form with the fields ${names.join(", ")}`);
  const hidden = [...form.querySelectorAll('input[type="hidden"]')];
  return {
    action: form.getAttribute("action") || null,
    // React writes encType, and linkedom keeps the case of names.
    isMultipart: [...form.attributes].some(
      ({ name, value }) => name.toLowerCase() === "enctype" && value.startsWith("multipart"),
    ),
    hidden: hidden.map((input) => [input.getAttribute("name") ?? "", input.getAttribute("value") ?? ""]),
  };
}

function searchParamsOf(form: FormData): URLSearchParams {
  const pairs = [...form].filter((pair): pair is [string, string] => typeof pair[1] === "string");
  return new URLSearchParams(pairs);
}
