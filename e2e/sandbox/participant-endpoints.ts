import { z } from "zod";
import { type Answer, jsonText, noContent } from "./answer";
import { type Call, param, viewerOf } from "./call";
import { badField, noSuchUser, notPermitted } from "./errors";
import { canOnRepository } from "./permissions";
import { forOwnPull, personNamed, reviewersNamed, wrongState } from "./pull-request-place";
import { participantText } from "./pull-request-texts";
import { Texts } from "./texts";
import { parseBody } from "./validation";
import type { Participant } from "./world/model";
import { notePullChange, review, setReviewers } from "./world/pull-request-updates";
import { oneOf, optionalText, requiredText } from "./write-fields";
import { forPerson } from "./write-place";

const reviewSchema = z.object({
  status: oneOf("status", ["APPROVED", "NEEDS_WORK", "UNAPPROVED"]),
  lastReviewedCommit: optionalText("last reviewed commit"),
});

/** PUT …/participants/{ownSlug} {status}: what the caller, who has to be a user, thinks of it. */
export function setReview(call: Call): Answer {
  return forOwnPull(call, (place) =>
    forPerson(place.caller, () => {
      const { pull, caller } = place;
      const slug = param(call, "user");
      const account = call.instance.world.personBySlug(slug);
      if (!account) return noSuchUser(slug);
      if (account !== caller.account) return notPermitted();
      const parsed = parseBody(reviewSchema, call.body);
      if ("refusal" in parsed) return parsed.refusal;
      if (pull.author === account) return badField("status", "The author cannot review the pull request.");
      const refusal = wrongState(place, "OPEN", "reviewed");
      if (refusal) return refusal;
      const { status, lastReviewedCommit = pull.from.latestCommit } = parsed.body;
      const reviewed = status === "UNAPPROVED" ? null : lastReviewedCommit;
      const { participant } = review(call.instance.world, place, {
        account,
        status,
        lastReviewedCommit: reviewed,
      });
      return participantAnswer(call, participant);
    }),
  );
}

const participantSchema = z.object({
  user: z.object({ name: requiredText("the name of the user") }),
  role: oneOf("role", ["REVIEWER"]),
});

/** POST …/participants {user, role: REVIEWER}: adds a reviewer; one who is there stays. */
export function addReviewer(call: Call): Answer {
  return forOwnPull(call, (place) => {
    const { pull, repository, caller } = place;
    const mayWrite = canOnRepository(viewerOf(call), repository, "WRITE");
    if (!mayWrite && pull.author !== caller.account) return notPermitted();
    const parsed = parseBody(participantSchema, call.body);
    if ("refusal" in parsed) return parsed.refusal;
    const { name } = parsed.body.user;
    const { world } = call.instance;
    const account = personNamed(world, name);
    if (account === pull.author) return badField("user", "The author cannot be a reviewer.");
    const accounts = reviewersNamed(call, [name], pull.author);
    if (!Array.isArray(accounts)) return accounts;
    const refusal = wrongState(place, "OPEN", "given a reviewer");
    if (refusal) return refusal;
    const reviewers = pull.participants.filter((one) => one.role === "REVIEWER").map((one) => one.account);
    const changed = setReviewers(pull, [...new Set([...reviewers, ...accounts])]);
    if (changed.added.length > 0) {
      notePullChange(world, place, caller.account, { action: "UPDATED", reviewers: changed });
    }
    const participant = pull.participants.find((one) => one.account === account);
    return participant ? participantAnswer(call, participant) : noContent;
  });
}

function participantAnswer(call: Call, participant: Participant): Answer {
  return jsonText(200, participantText(new Texts(call.instance), participant));
}
