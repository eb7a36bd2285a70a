/**
 * What is typed into the step Details so far: the button that shows a schedule's next times sends it in the address.
 * `name` is null unless it does.
 */
export function typedInAddress(address: URLSearchParams) {
  return {
    name: address.get("name"),
    description: address.get("description") ?? "",
    schedule: address.get("schedule") ?? "manual",
    amount: address.get("amount") ?? "1",
    unit: address.get("unit") ?? "hours",
    expression: address.get("expression") ?? "",
    timeZone: address.get("timeZone") ?? "UTC",
  };
}
