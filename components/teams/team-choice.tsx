import { Select } from "@/components/ui/select";

type Props = { teams: readonly { readonly id: string; readonly name: string }[] };

/** A choice between the teams and none. */
export function TeamChoice({ teams }: Props) {
  return (
    <Select
      label="Team"
      name="teamId"
      hint="They are in it as soon as they have an account, and, unless you own the team, an owner of it has agreed."
    >
      <option value="">No team</option>
      {teams.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Select>
  );
}
