import { type Answer, json, page, redirect } from "./answer";
import type { Instance } from "./instance";

/**
 * GET /status: 503 while starting, 200 in maintenance. The code for ERROR is undocumented for Bitbucket; 500 is Jira's.
 * https://confluence.atlassian.com/bitbucketserverkb/how-to-monitor-if-bitbucket-server-is-up-and-running-975014635.html
 */
export function statusAnswer(instance: Instance): Answer {
  const { state } = instance.settings;
  const codes = { RUNNING: 200, FIRST_RUN: 200, MAINTENANCE: 200, STARTING: 503, ERROR: 500 } as const;
  return json(codes[state], { state });
}

/** The response to every other path while the server is not running; null if it is. */
export function notReadyPage(instance: Instance): Answer | null {
  switch (instance.settings.state) {
    case "RUNNING":
      return null;
    case "FIRST_RUN":
      return redirect(`${instance.baseUrl}/setup`);
    case "STARTING":
      return page(503, "Starting Bitbucket", "<h1>Bitbucket is starting up</h1>");
    case "MAINTENANCE":
      return page(503, "Maintenance", "<h1>Bitbucket is down for maintenance</h1>");
    case "ERROR":
      return page(500, "Bitbucket could not be started", "<h1>Bitbucket could not be started</h1>");
  }
}
