import type { Problem, Values } from "@/lib/connectors/action";
import { defineAction, field, required } from "./definition";
import { groupNames, repositoryFields } from "./shared";

export const webhook = defineAction({
  id: "webhook",
  label: "Webhook",
  group: groupNames.repositories,
  note: "A webhook of a repository, found by its name and address; a changed one is written over.",
  right: "Administration of the repository",
  needs: "admin",
  fields: [
    ...repositoryFields,
    required("name", "Name", "text", { longest: 255, columns: ["webhook", "webhook_name", "title"] }),
    required("url", "Address", "text", {
      hint: "Begins with http:// or https://, without a user name or password. Mappings hold no secrets: set the webhook’s secret in Bitbucket.",
      longest: 450,
      pattern: { source: "https?://\\S+", words: "An address begins with http:// or https://." },
      columns: ["url", "webhook_url", "href", "link"],
    }),
    required("events", "Events", "list", {
      hint: "Such as repo:refs_changed, pr:opened, pr:merged: a list or separated by commas.",
      pattern: {
        source: "[a-z]+(?::[a-z_]+)+",
        words: "Events look like repo:refs_changed or pr:opened.",
      },
      columns: ["event"],
    }),
    field("active", "Active", "bool", { hint: "A new one is active if this is not sent." }),
    field("sslVerification", "Check the certificate", "bool", { columns: ["ssl_verification"] }),
  ],
  matchKey: ["project", "repository", "name", "url"],
  target: ["project", "repository", "name"],
  refuse: refuseWebhook,
});

function refuseWebhook({ url }: Values): Problem[] {
  if (!/^[a-z]+:\/\/[^/?#]*@/i.test(String(url ?? ""))) return [];
  const message = "The address holds a user name or password. Remove it: mappings are stored readable.";
  return [{ field: "url", message }];
}
