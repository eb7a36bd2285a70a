import { ButtonLink } from "@/components/ui/buttons";
import { Section } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import type { FirstSteps as Steps } from "@/lib/overview/types";
import { addCredentialPath, credentialsPath } from "@/lib/paths";

type Step = {
  readonly of: keyof Steps;
  readonly title: string;
  /** The title where others did it. */
  readonly byOthers?: string;
  readonly about: string;
  readonly button: string;
  readonly href: string;
};

const steps: readonly Step[] = [
  {
    ...{ of: "credential", title: "Add a credential", button: "Add Credential", href: addCredentialPath },
    byOthers: "A credential to use: shared with you",
    about: "An address and an API key. The portal checks that it works.",
  },
  {
    ...{ of: "endpoint", title: "Make a data source", button: "Make a source", href: "/sources/new" },
    byOthers: "A source or destination to use: shared with you",
    about: "What to read, and with which credential.",
  },
  {
    ...{ of: "run", title: "Run it", button: "Choose what to run", href: "/sources" },
    byOthers: "It has run",
    about: "Run now on its page moves the data; a schedule does it from then on.",
  },
  {
    ...{ of: "share", title: "Share", button: "Choose what to share", href: credentialsPath },
    about: "Colleagues use a credential without seeing its secret.",
  },
];

/** The checklist of a new user: done steps are ticked, the next one has a button; nothing once all are done. */
export function FirstSteps({ done }: { done: Steps }) {
  const next = steps.find(({ of }) => !done[of]);
  if (!next) return null;
  return (
    <Section title="First steps">
      <ol className="-my-2 flex flex-col divide-y divide-line">
        {steps.map(({ of, title, byOthers, about, button, href }) => (
          <li key={of} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-2.5">
            <span className="flex min-w-0 flex-1 basis-64 items-start gap-3">
              <StepIcon isDone={done[of] !== null} />
              <span className="flex min-w-0 flex-col gap-0.5">
                <span className={done[of] ? "text-muted" : "font-medium"}>
                  {done[of] === "shared" ? (byOthers ?? title) : title}
                </span>
                {!done[of] && <span className="text-sm text-muted">{about}</span>}
              </span>
            </span>
            {of === next.of && (
              <ButtonLink href={href} look="primary">
                {button}
              </ButtonLink>
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
}

function StepIcon({ isDone }: { isDone: boolean }) {
  const icon = isDone ? "circle-check" : "circle-dashed";
  return (
    <>
      <Icon name={icon} className={`mt-0.5 size-5 shrink-0 ${isDone ? "text-good" : "text-muted"}`} />
      <span className="sr-only">{isDone ? "Done: " : "Not done: "}</span>
    </>
  );
}
