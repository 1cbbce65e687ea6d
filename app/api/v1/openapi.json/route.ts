import { apiDocument } from "@/lib/api/document";

export const dynamic = "force-dynamic";

/** The description of the API; it holds nothing of any workspace. */
export function GET(): Response {
  return Response.json(apiDocument(), { headers: { "cache-control": "public, max-age=300" } });
}
