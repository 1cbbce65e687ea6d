import type { NextRequest } from "next/server";
import { AppError } from "@/lib/errors";
import { takeToolResponse } from "@/lib/responses/tool";
import { statusOf, toPublicError } from "@/lib/server/result";
import { json } from "@/lib/server/route";

const mostCharacters = 64_000;

/** An outside survey tool tells us what a customer answered. */
export async function POST(request: NextRequest, route: { params: Promise<{ workspace: string }> }): Promise<Response> {
  try {
    const { workspace } = await route.params;
    const body = await request.text();
    if (body.length > mostCharacters) throw new AppError("too_large", "body");
    const receipt = await takeToolResponse({
      slug: workspace,
      timestamp: request.headers.get("x-timestamp") ?? "",
      signature: request.headers.get("x-signature") ?? "",
      body,
    });
    return json(receipt, receipt.isNew ? 201 : 200);
  } catch (error) {
    const shown = toPublicError(error);
    return json({ error: shown }, statusOf(shown));
  }
}
