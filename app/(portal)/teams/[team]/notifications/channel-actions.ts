import * as mail from "@/lib/notifications/team-mail/actions";
import * as webhook from "@/lib/notifications/webhooks/actions";

/** The actions of a team's webhook. */
export const ofWebhook = {
  add: webhook.addWebhookAction,
  remove: webhook.removeWebhookAction,
  test: webhook.testWebhookAction,
  choose: webhook.chooseTeamNewsAction,
};

/** The actions of a team's e-mail address. */
export const ofMail = {
  add: mail.addTeamMailAction,
  remove: mail.removeTeamMailAction,
  test: mail.testTeamMailAction,
  choose: mail.chooseMailNewsAction,
};
