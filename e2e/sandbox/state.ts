import { Instance } from "./instance";
import { instanceDescriptions } from "./instances";
import { Journal } from "./journal";

/** Everything a running sandbox remembers. */
export class SandboxState {
  readonly journal = new Journal();
  readonly instances: readonly Instance[];
  readonly root: Instance;

  constructor(readonly origin: string) {
    this.instances = instanceDescriptions.map((description) => new Instance(description, origin));
    this.root = this.instance("/");
  }

  find(path: string): Instance | undefined {
    return this.instances.find((one) => one.path === path);
  }

  /** The instance at a context path; throws when there is none. */
  instance(path: string): Instance {
    const found = this.find(path);
    if (!found) throw new Error(`the sandbox has no instance at ${path}`);
    return found;
  }

  /** Back to how it started: settings, locks, sessions, what was written, and an empty journal. */
  reset(): void {
    for (const instance of this.instances) instance.reset();
    this.journal.clear();
  }
}
