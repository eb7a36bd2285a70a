"use client";

import { FormProvider, useForm } from "react-hook-form";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/lib/action-result";
import type { ConnectorSlug } from "@/lib/connectors/registry";
import type { FailedCheck } from "@/lib/credentials/checks/types";
import {
  type AddCredentialInput,
  addCredentialSchema,
  type AddCredentialForm as Form,
} from "@/lib/credentials/schema";
import type { Direction } from "@/lib/paths";
import { descriptionMaxLength, nameMaxLength } from "@/lib/text/name-limits";
import { SecretForm } from "./secret-form";
import { secretResolver } from "./secret-resolver";

type Props = {
  action: FormAction<unknown, FailedCheck>;
  /** The wizard to go on with after Save; without one, Save leads to the credential. */
  wizard?: { direction: Direction; connector: ConnectorSlug };
};

/** Add New Credential: the guide's fields, in its order and words, with the guide in short beside them. */
export function AddCredentialForm({ action, wizard }: Props) {
  const form = useForm<Form, unknown, AddCredentialInput>({ resolver: secretResolver(addCredentialSchema) });
  const { register, formState } = form;
  return (
    <FormProvider {...form}>
      <SecretForm action={action}>
        {({ typed, refused }) => (
          <>
            {wizard && (
              <>
                <input type="hidden" name="direction" value={wizard.direction} />
                <input type="hidden" name="connector" value={wizard.connector} />
              </>
            )}
            <Field
              {...register("name")}
              limit={nameMaxLength}
              label="Credential Name"
              required
              takesFocus={Object.keys(refused).length === 0}
              autoComplete="off"
              defaultValue={typed.name}
              error={formState.errors.name?.message ?? refused.name}
            />
            <Field
              {...register("description")}
              limit={descriptionMaxLength}
              label="Credential Description"
              optional
              autoComplete="off"
              defaultValue={typed.description}
              error={formState.errors.description?.message ?? refused.description}
              hint="What it is for, and how fresh the data behind it is. Recommended."
            />
          </>
        )}
      </SecretForm>
    </FormProvider>
  );
}
