/** Next's start hook: the portal answers its first request only after settings, database and keys have been proven. */
export async function register(): Promise<void> {
  const { startPortal } = await import("@/lib/start");
  await startPortal();
}
