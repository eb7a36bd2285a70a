import { randomBytes } from "node:crypto";
import type { Answer } from "./answer";
import { type Delivery, sendWhole } from "./delivery";
import type { Group } from "./groups";
import type { SandboxRequest } from "./request";
import { type InstanceSettings, ordinarySettings, settingsSchema } from "./settings";
import type { Caller } from "./sign-in";

/** Something that stands before the Bitbucket, or in its place: it answers, or lets the request pass. */
export type FrontProxy = (request: SandboxRequest) => Answer | "pass";

/** What something between the Bitbucket and its callers makes of an answer on its way back. */
export type Alteration = (answer: Answer, request: SandboxRequest) => Answer;

/** What there is to know about an instance before it starts. */
export interface InstanceDescription {
  /** The context path, "/" for the root. */
  path: string;
  /** What the journal and the controls call it; the context path unless several share that. */
  name?: string;
  group: Group;
  /** One line for the console: what this instance is for. */
  note: string;
  settings?: Partial<InstanceSettings>;
  proxy?: FrontProxy;
  alters?: Alteration;
  /** How its answers are sent, where that is the fault. */
  deliver?: Delivery;
}

/** Scheme, host and port of an instance, and where the same host speaks https. */
export interface Origins {
  origin: string;
  secureOrigin: string;
}

export interface BuildStatus {
  key: string;
  state: string;
  url: string;
  name?: string | undefined;
  description?: string | undefined;
  dateAdded: number;
}

export interface Comment {
  id: number;
  /** Counts up with every change; a change has to name it. */
  version: number;
  repositoryId: number;
  pullRequestId: number;
  text: string;
  author: Caller;
  createdAt: number;
}

export const FAILURES_UNTIL_LOCK = 5;
const SESSIONS_KEPT = 500;

/** One running server: its settings now, and all it remembers. Nothing outlives the process. */
export class Instance {
  readonly path: string;
  readonly name: string;
  readonly group: Group;
  readonly note: string;
  readonly proxy: FrontProxy;
  readonly alters: Alteration;
  readonly deliver: Delivery;
  /** Whether something other than a Bitbucket answers, so that most settings change nothing. */
  readonly hasProxy: boolean;
  readonly baseUrl: string;
  readonly secureOrigin: string;
  readonly builds = new Map<string, BuildStatus[]>();
  readonly comments: Comment[] = [];
  #commentsMade = 0;
  readonly #initial: InstanceSettings;
  readonly #failures = new Map<string, number>();
  readonly #sessions = new Map<string, Caller>();
  #settings: InstanceSettings;

  constructor(description: InstanceDescription, { origin, secureOrigin }: Origins) {
    this.path = description.path;
    this.name = description.name ?? description.path;
    this.group = description.group;
    this.note = description.note;
    this.proxy = description.proxy ?? (() => "pass");
    this.alters = description.alters ?? ((answer) => answer);
    this.deliver = description.deliver ?? sendWhole;
    this.hasProxy = description.proxy !== undefined;
    this.baseUrl = origin + (description.path === "/" ? "" : description.path);
    this.secureOrigin = secureOrigin;
    this.#initial = settingsSchema.parse({ ...ordinarySettings, ...description.settings });
    this.#settings = this.#initial;
  }

  get settings(): InstanceSettings {
    return this.#settings;
  }

  /** Changes some settings; throws a ZodError and changes nothing when one is wrong. */
  set(changes: Readonly<Record<string, unknown>>): void {
    this.#settings = settingsSchema.parse({ ...this.#settings, ...changes });
  }

  reset(): void {
    this.#settings = this.#initial;
    this.#failures.clear();
    this.#sessions.clear();
    this.builds.clear();
    this.comments.length = 0;
    this.#commentsMade = 0;
  }

  /** An id that no other comment of the instance has had. */
  nextCommentId(): number {
    this.#commentsMade += 1;
    return this.#commentsMade;
  }

  failuresOf(accountName: string): number {
    return this.#failures.get(accountName) ?? 0;
  }

  isLocked(accountName: string): boolean {
    return this.failuresOf(accountName) >= FAILURES_UNTIL_LOCK;
  }

  countFailure(accountName: string): void {
    this.#failures.set(accountName, this.failuresOf(accountName) + 1);
  }

  /** Forgets the failed sign-ins of one account, or of all of them. */
  clearFailures(accountName?: string): void {
    if (accountName === undefined) this.#failures.clear();
    else this.#failures.delete(accountName);
  }

  openSession(caller: Caller): string {
    const oldest = this.#sessions.keys().next().value;
    if (oldest !== undefined && this.#sessions.size >= SESSIONS_KEPT) this.#sessions.delete(oldest);
    const id = randomBytes(16).toString("hex").toUpperCase();
    this.#sessions.set(id, caller);
    return id;
  }

  callerOfSession(id: string): Caller | undefined {
    return this.#sessions.get(id);
  }
}
