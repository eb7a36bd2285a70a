/** The domain of an address, which the audit log names alone: it has readers who may not know the address. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1);
}
