import type { Metadata } from "next";
import { DisplayForm } from "@/components/account/display-form";
import { Section } from "@/components/ui/card";
import { FlashMessage } from "@/components/ui/flash-message";
import { BackLink, PageHeader } from "@/components/ui/page-header";
import { requireActor } from "@/lib/auth/require-actor";
import { chooseDisplayAction } from "@/lib/display/actions";
import { languageExamples, zoneNames } from "@/lib/display/choices";
import { readDisplay } from "@/lib/display/cookie";
import { only, type SearchParams } from "@/lib/text/search-param";

export const metadata: Metadata = { title: "Display" };

export default async function DisplayPage({ searchParams }: { searchParams: SearchParams<"done"> }) {
  await requireActor("/account/display");
  const { done } = only(await searchParams);
  const { zone } = await readDisplay();
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-6">
      <BackLink href="/account">Your account</BackLink>
      <PageHeader title="Display" lead="How this browser shows the portal. Others keep their own." />
      {done === "display" && <FlashMessage title="The display is saved" parameter="done" />}
      <Section title="Choices">
        <DisplayForm
          action={chooseDisplayAction}
          zones={zoneNames(zone)}
          examples={languageExamples(new Date())}
        />
      </Section>
    </div>
  );
}
