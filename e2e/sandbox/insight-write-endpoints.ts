import { z } from "zod";
import { type Answer, json, noContent } from "./answer";
import { type Call, forSignedIn, param } from "./call";
import { forCommit } from "./commit-endpoints";
import { badField, noSuchReport, notPermitted, repositoryArchived } from "./errors";
import { reportView } from "./insight-endpoints";
import { reportsOf } from "./invented-reports";
import type { Caller } from "./sign-in";
import { parseBody } from "./validation";
import type { Content } from "./world/content";
import type { Report } from "./world/insights";
import type { Commit } from "./world/model";
import { oneOf, optionalText, requiredText, wholeNumber } from "./write-fields";

const LONGEST_KEY = 50;
const ANNOTATIONS_PER_REPORT = 1_000;

const webAddress = (what: string) =>
  optionalText(what).refine((given) => given === undefined || /^https?:\/\/./.test(given), {
    error: `The ${what} has to begin with http:// or https://.`,
  });

const value = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.object({ linktext: z.string().optional(), href: z.string() }),
]);
const dataSchema = z
  .object({
    title: requiredText("the title of the data", 450),
    type: oneOf("type", ["BOOLEAN", "DATE", "DURATION", "LINK", "NUMBER", "PERCENTAGE", "TEXT"]).optional(),
    value: z.union([value], { error: "The value has to be text, a number, true or false, or a link." }),
  })
  .refine(({ type, value: given }) => fits(type, given), {
    path: ["value"],
    error: "The value is not of the given type.",
  });

function fits(type: string | undefined, given: z.output<typeof value>): boolean {
  switch (type) {
    case undefined:
      return true;
    case "BOOLEAN":
      return typeof given === "boolean";
    case "LINK":
      return typeof given === "object";
    case "TEXT":
      return typeof given === "string";
    case "PERCENTAGE":
      return typeof given === "number" && given >= 0 && given <= 100;
    default:
      return typeof given === "number";
  }
}

const reportSchema = z.object({
  title: requiredText("the title of the report", 450),
  data: z
    .array(dataSchema, { error: "The data have to be a list." })
    .max(6, "A report has at most 6 pieces of data."),
  details: optionalText("details", 2_000),
  result: oneOf("result", ["PASS", "FAIL"]).nullish(),
  reporter: optionalText("reporter", 450),
  link: webAddress("link"),
  logoUrl: webAddress("logo"),
});
const annotationSchema = z.object({
  message: requiredText("the message", 2_000),
  severity: oneOf("severity", ["LOW", "MEDIUM", "HIGH"]),
  path: optionalText("path"),
  line: wholeNumber("line").nullish(),
  type: oneOf("type", ["VULNERABILITY", "CODE_SMELL", "BUG"]).nullish(),
  link: webAddress("link"),
  externalId: optionalText("external id", 450),
});
const annotationsSchema = z.object({
  annotations: z.array(annotationSchema, { error: "The annotations have to be a list." }),
});

/** PUT …/reports/{key}: creates the report, or replaces it for its creator; its annotations stay. */
export function putReport(call: Call): Answer {
  return forPlace(call, ({ content, commit, caller }) => {
    const key = param(call, "report");
    if (key.length > LONGEST_KEY) {
      return badField("key", `key cannot be more than ${LONGEST_KEY} characters long`);
    }
    const parsed = parseBody(reportSchema, call.body);
    if ("refusal" in parsed) return parsed.refusal;
    const before = reportsOf(content, commit).find((one) => one.key === key);
    if (before && !mayChange(before, caller)) return notPermitted();
    const report: Report = {
      ...parsed.body,
      result: parsed.body.result ?? undefined,
      key,
      createdAt: call.instance.world.nextMoment(),
      creator: caller.account,
      annotations: before?.annotations ?? [],
    };
    content.insights.put(commit.id, report);
    return json(200, reportView(report));
  });
}

/** DELETE …/reports/{key}: with its annotations; 204 whether or not there was one. */
export function deleteReport(call: Call): Answer {
  return forPlace(call, ({ content, commit, caller }) => {
    const key = param(call, "report");
    const before = reportsOf(content, commit).find((one) => one.key === key);
    if (before && !mayChange(before, caller)) return notPermitted();
    content.insights.remove(commit.id, key);
    return noContent;
  });
}

/** POST …/reports/{key}/annotations: all of them or none; the server compares them with nothing. */
export function addAnnotations(call: Call): Answer {
  return forOwnReport(call, (report) => {
    const parsed = parseBody(annotationsSchema, call.body);
    if ("refusal" in parsed) return parsed.refusal;
    const { annotations } = parsed.body;
    if (report.annotations.length + annotations.length > ANNOTATIONS_PER_REPORT) return tooMany();
    report.annotations.push(...annotations.map(withoutNull));
    return noContent;
  });
}

/** PUT …/annotations/{externalId}: creates or replaces that annotation. */
export function putAnnotation(call: Call): Answer {
  return forOwnReport(call, (report) => {
    const parsed = parseBody(annotationSchema, call.body);
    if ("refusal" in parsed) return parsed.refusal;
    const externalId = param(call, "annotation");
    const annotation = { ...withoutNull(parsed.body), externalId };
    const place = report.annotations.findIndex((one) => one.externalId === externalId);
    if (place >= 0) report.annotations[place] = annotation;
    else if (report.annotations.length >= ANNOTATIONS_PER_REPORT) return tooMany();
    else report.annotations.push(annotation);
    return noContent;
  });
}

/** DELETE …/annotations: those with the `externalId`s, or all. */
export function deleteAnnotations(call: Call): Answer {
  return forOwnReport(call, (report) => {
    const ids = call.query.getAll("externalId");
    report.annotations = report.annotations.filter(
      ({ externalId }) => ids.length > 0 && !(externalId !== undefined && ids.includes(externalId)),
    );
    return noContent;
  });
}

function tooMany(): Answer {
  return badField(
    "annotations",
    `The maximum number of annotations per report is ${ANNOTATIONS_PER_REPORT}. None was added.`,
  );
}

function withoutNull({ line, type, ...annotation }: z.output<typeof annotationSchema>) {
  return { ...annotation, line: line ?? undefined, type: type ?? undefined };
}

function mayChange({ creator }: Report, { account }: Caller): boolean {
  return creator === null || creator === account;
}

interface Place {
  content: Content;
  commit: Commit;
  caller: Caller;
}

function forPlace(call: Call, answer: (place: Place) => Answer): Answer {
  return forCommit(call, (repository, content, commit) =>
    forSignedIn(call, (caller) =>
      repository.archived
        ? repositoryArchived(repository.project.key, repository.slug)
        : answer({ content, commit, caller }),
    ),
  );
}

/** Finds the report for its creator; an invented one becomes a written one, so that it can change. */
function forOwnReport(call: Call, answer: (report: Report) => Answer): Answer {
  return forPlace(call, ({ content, commit, caller }) => {
    const key = param(call, "report");
    const report = reportsOf(content, commit).find((one) => one.key === key);
    if (!report) return noSuchReport(key);
    if (!mayChange(report, caller)) return notPermitted();
    const made = answer(report);
    if (made.status === 204) content.insights.put(commit.id, report);
    return made;
  });
}
