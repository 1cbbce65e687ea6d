/** A trouble that its reader can end: the message is one sentence that says what to do. */
export class Advice extends Error {
  override name = "Advice";
}

/** Prints the sentence of an `Advice`, or everything known about any other error. */
export function explain(error: unknown): void {
  console.error(error instanceof Advice ? error.message : error);
}
