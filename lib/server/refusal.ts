import type { Context } from "../context";
import { log } from "../log";
import { record, transaction } from "../transaction";
import type { PublicError } from "./result";

/** Leaves an audit row for a write that was not allowed or named what is not there. */
export async function recordRefusal(ctx: Context, attempt: string, error: PublicError): Promise<void> {
  if (error.code !== "forbidden" && error.code !== "not_found") return;
  try {
    await transaction({ ...ctx, pending: undefined, isVouched: false }, async (inner) => {
      record(inner, "write.refused", { subject: attempt, detail: { code: error.code, reason: error.reason } });
    });
  } catch (failure) {
    log.error({ err: failure }, "a refusal could not be recorded");
  }
}
