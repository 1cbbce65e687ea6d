import { sessionStream } from "@/lib/server/session-stream";

export const dynamic = "force-dynamic";

export async function GET(request: Request, { params }: { params: Promise<{ workspace: string }> }): Promise<Response> {
  return sessionStream(request, (await params).workspace);
}
