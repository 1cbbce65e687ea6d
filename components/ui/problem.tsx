/** What went wrong with the whole form. */
export function Problem({ text }: { text: string | null | undefined }) {
  return text ? (
    <p role="alert" className="text-13 text-bad">
      {text}
    </p>
  ) : null;
}
