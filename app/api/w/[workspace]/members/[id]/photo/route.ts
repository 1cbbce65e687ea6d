import { requireContext } from "@/lib/auth/context";
import { inWorkspace } from "@/lib/db";
import { getPhoto } from "@/lib/members/photo";
import { statusOf, toPublicError } from "@/lib/server/result";
import { json, privateHeaders } from "@/lib/server/route";

type Route = { params: Promise<{ workspace: string; id: string }> };

/** The photo of a colleague. Its address names the version, so a browser may keep it. */
export async function GET(_request: Request, route: Route): Promise<Response> {
  try {
    const { workspace, id } = await route.params;
    const ctx = await requireContext(workspace);
    const photo = await inWorkspace(ctx.workspaceId, () => getPhoto(ctx, id));
    return new Response(new Uint8Array(photo.content), {
      headers: { ...privateHeaders, "cache-control": "private, max-age=86400", "content-type": photo.mediaType },
    });
  } catch (error) {
    const shown = toPublicError(error);
    return json({ error: shown }, statusOf(shown));
  }
}
