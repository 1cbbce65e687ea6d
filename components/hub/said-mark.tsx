import { StatusMark } from "@/components/ui/status-mark";

/** How a contact was for the customer, by her own word. */
export function SaidMark({ tone, word }: { tone: string; word: string }) {
  const state = tone === "positive" ? "good" : tone === "negative" ? "overdue" : "waiting";
  return (
    <span className="inline-flex items-baseline gap-1">
      <StatusMark state={state} />
      {word}
    </span>
  );
}
