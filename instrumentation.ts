/** Runs once when the web process starts. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { screenArrivals } = await import("./lib/server/arrivals");
  screenArrivals();
  if (process.env.NEXT_MANUAL_SIG_HANDLE !== "1") return;
  const { endInOrder } = await import("./lib/server/shutdown");
  endInOrder();
}
