import { z } from "zod";
import { forAdministeredProject, webhookView } from "./administration-endpoints";
import { type Answer, json, noContent } from "./answer";
import { type Call, forSignedIn, param } from "./call";
import { badField, noSuchWebhook, serverFailed } from "./errors";
import { parseBody } from "./validation";
import { isAtLeast } from "./versions";
import type { Webhook } from "./world/model";
import { fullUrl, requiredText } from "./write-fields";
import { forOwnRepository } from "./write-place";

const events = [
  ...["repo:refs_changed", "repo:modified", "repo:forked", "repo:secret_detected"],
  ...["repo:comment:added", "repo:comment:edited", "repo:comment:deleted", "mirror:repo_synchronized"],
  ...["pr:opened", "pr:from_ref_updated", "pr:to_ref_updated", "pr:modified", "pr:merged", "pr:declined"],
  ...["pr:deleted", "pr:reviewer:updated", "pr:reviewer:approved", "pr:reviewer:unapproved"],
  ...["pr:reviewer:needs_work", "pr:reviewer:changes_requested"],
  ...["pr:comment:added", "pr:comment:edited", "pr:comment:deleted", "project:modified"],
];

const truth = (name: string) => z.boolean({ error: `${name} has to be true or false.` });
const webhookSchema = z.object({
  name: requiredText("the name of the webhook", 255),
  url: fullUrl("the address of the webhook", 2_048).refine((url) => /^https?:/.test(url), {
    error: "The address has to begin with http:// or https://.",
  }),
  events: z
    .array(z.string(), { error: "Please choose the events." })
    .min(1, "Please choose the events.")
    .refine((given) => given.every((one) => events.includes(one)), "One of the events is not known."),
  active: truth("active").default(true),
  sslVerificationRequired: truth("sslVerificationRequired").default(true),
  configuration: z.looseObject({ secret: z.string().nullish() }).nullish(),
  credentials: z.looseObject({ username: z.string().nullish() }).nullish(),
});

/** The webhooks of a repository or project. */
interface Hooks {
  scopeType: "repository" | "project";
  hooks: Webhook[];
}
type ForHooks = (call: Call, answer: (place: Hooks) => Answer) => Answer;

const ofRepository: ForHooks = (call, answer) =>
  forOwnRepository(call, "ADMIN", ({ content }) =>
    answer({ scopeType: "repository", hooks: content.webhooks }),
  );
const ofProject: ForHooks = (call, answer) =>
  forAdministeredProject(call, (project) =>
    forSignedIn(call, () =>
      answer({ scopeType: "project", hooks: call.instance.world.webhooksOfProject(project) }),
    ),
  );

/** POST, GET, PUT and DELETE …/webhooks of a repository. */
export const repositoryWebhooks = endpointsOf(ofRepository);
/** The same of a project. */
export const projectWebhooks = endpointsOf(ofProject);

function endpointsOf(forHooks: ForHooks) {
  const forOne = (call: Call, answer: (hook: Webhook, place: Hooks) => Answer) =>
    forHooks(call, (place) => {
      const id = param(call, "webhook");
      const hook = place.hooks.find((one) => String(one.id) === id);
      return hook ? answer(hook, place) : noSuchWebhook(id);
    });
  return {
    /** Recorded servers answered 201, the description of newer ones says 200. */
    add: (call: Call): Answer =>
      forHooks(call, ({ hooks, scopeType }) => {
        const parsed = parseBody(webhookSchema, call.body);
        if ("refusal" in parsed) return parsed.refusal;
        const { world, settings } = call.instance;
        const hook: Webhook = {
          // Above those of generators.
          id: 9_000_000 + world.nextId(),
          createdAt: world.nextMoment(),
          ...fieldsOf(parsed.body),
        };
        hooks.push(hook);
        return json(isAtLeast(settings.version, "10.0.0") ? 200 : 201, webhookView(hook, scopeType));
      }),
    get: (call: Call): Answer =>
      forOne(call, (hook, { scopeType }) => json(200, webhookView(hook, scopeType))),
    /** What is left out is taken away, the secret too. */
    change: (call: Call): Answer =>
      forOne(call, (hook, { scopeType }) => {
        const parsed = parseBody(webhookSchema, call.body);
        if ("refusal" in parsed) return parsed.refusal;
        Object.assign(hook, fieldsOf(parsed.body), { updatedAt: call.instance.world.nextMoment() });
        return json(200, webhookView(hook, scopeType));
      }),
    remove: (call: Call): Answer =>
      forOne(call, (hook, { hooks }) => {
        hooks.splice(hooks.indexOf(hook), 1);
        return noContent;
      }),
    /** POST …/webhooks/test?url=; by `webhookId` servers fail. */
    test: (call: Call): Answer =>
      forHooks(call, () => {
        const url = call.query.get("url");
        if (call.query.has("webhookId")) return serverFailed();
        if (!url || !URL.canParse(url)) return badField("url", "The address has to be a complete URL.");
        return json(200, {
          request: { method: "POST", url, body: '{"test": true}' },
          response: { status: 200 },
        });
      }),
  };
}

function fieldsOf({ configuration, credentials, ...plain }: z.output<typeof webhookSchema>) {
  return {
    ...plain,
    secret: configuration?.secret ?? "",
    userName: credentials?.username ?? undefined,
  };
}
