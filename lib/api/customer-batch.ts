import { createHash } from "node:crypto";
import { z } from "zod";
import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { createCustomer } from "../customers/create";
import { CreateCustomer } from "../customers/schema";
import { type Call, endpoint } from "../server/api-endpoint";
import { once, type Reply } from "../server/api-idempotency";
import { countRequest } from "../server/api-limits";
import { HttpError, InvalidRequest, problemOf } from "../server/api-problem";
import { toJson, toPublicError } from "../server/result";
import { CreatedCustomer } from "./created-customer";
import { Problem } from "./problem";

/** Customers of one request. */
const mostItems = 500;

/** So many customers weigh as much as one other write. */
const itemsPerWrite = 25;

const Item = z.looseObject({}).meta({ description: "As the body of POST /customers" });

const BatchResult = z
  .object({
    index: z.number().meta({ description: "The place in `customers`, from 0" }),
    status: z.number().meta({ description: "As POST /customers would have answered" }),
    customer: CreatedCustomer.nullable(),
    problem: Problem.nullable(),
  })
  .meta({ id: "BatchResult" });

type BatchResult = z.input<typeof BatchResult>;

/** Each customer is a write of her own, kept under the request's key and her place in it. */
async function createOne(ctx: Context, item: unknown, index: number, call: Call): Promise<Reply> {
  const parsed = CreateCustomer.safeParse(item);
  if (!parsed.success) throw new InvalidRequest(parsed.error);
  const run = async (inner: Context) => ({ status: 201, body: await createCustomer(inner, parsed.data), headers: {} });
  const { idempotencyKey } = call;
  if (idempotencyKey === null) return run(ctx);
  const bodyHash = createHash("sha256").update(toJson(item)).digest("hex");
  return once(ctx, { key: `${idempotencyKey}\n${index}`, bodyHash, run });
}

async function resultOf(ctx: Context, item: unknown, index: number, call: Call): Promise<BatchResult> {
  try {
    const { status, body } = await createOne(ctx, item, index, call);
    return { index, status, customer: body as z.input<typeof CreatedCustomer>, problem: null };
  } catch (error) {
    const isKnown = error instanceof InvalidRequest || error instanceof HttpError;
    const failure = isKnown ? error : toPublicError(error, { requestId: call.requestId });
    const problem = problemOf(failure, call.requestId);
    // Nothing more can be written at the moment: the whole request is to come again.
    if (problem.status === 503) throw error;
    return { index, status: problem.status, customer: null, problem };
  }
}

export const customerBatchEndpoints = [
  endpoint({
    method: "POST",
    path: "/customers:batch",
    tag: "Customers",
    summary: "Create up to 500 customers, one after the other; each succeeds or fails by herself.",
    permission: "Everybody who may edit contacts.",
    body: z.strictObject({ customers: z.array(Item).min(1).max(mostItems) }),
    response: z.object({ data: z.array(BatchResult) }),
    isBatch: true,
    handle: async (ctx, { customers }, call) => {
      requirePermission(ctx, "customers.edit");
      const weight = Math.ceil(customers.length / itemsPerWrite) - 1;
      const caller = ctx.actor.kind === "key" ? ctx.actor.id : ctx.slug;
      const { refusal } = weight > 0 ? await countRequest(caller, true, weight) : { refusal: null };
      if (refusal) throw refusal;
      const data: BatchResult[] = [];
      for (const [index, item] of customers.entries()) data.push(await resultOf(ctx, item, index, call));
      return { data };
    },
  }),
];
