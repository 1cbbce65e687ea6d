import { NotHere } from "@/components/shell/not-here";

export default function NotFoundPage() {
  return (
    <main className="min-h-dvh bg-sheet">
      <NotHere />
    </main>
  );
}
