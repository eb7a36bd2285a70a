import type { InvitationOffer } from "@/lib/invitations/types";

/** What an invitation offers, in a sentence. */
export function Offer({ offer }: { offer: InvitationOffer }) {
  return (
    <p className="[overflow-wrap:anywhere]">
      {offer.invitedByName} invites you
      {offer.team ? (
        <>
          {" "}
          into the team <strong className="font-semibold">{offer.team.name}</strong>. What is shared with the
          team, you can use.
        </>
      ) : (
        " to make an account in this portal."
      )}
    </p>
  );
}
