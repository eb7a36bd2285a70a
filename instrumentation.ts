/** Next's start hook: the portal answers its first request only after settings, database and keys have been proven. */
export async function register(): Promise<void> {
  // A constant of the build, not a setting: it keeps Node.js modules out of the bundle for the edge runtime.
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { startPortal } = await import("@/lib/start");
    await startPortal();
  }
}
