import { paths } from "@/lib/paths";
import { RequestError } from "@/lib/request";

/** Sends one file; answers its id, throws what the route said. */
export async function uploadFile(workspace: string, file: File): Promise<string> {
  const address = `${paths.api(workspace, "/imports/files")}?name=${encodeURIComponent(file.name)}`;
  const answer = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/octet-stream" },
    body: file,
  });
  const body = await answer.json().catch(() => null);
  if (!answer.ok) throw new RequestError(body?.error ?? { code: "unavailable", reason: "unavailable" });
  return body.id;
}
