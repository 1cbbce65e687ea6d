import { NotHere } from "@/components/shell/not-here";

export default function WorkspaceNotFoundPage() {
  return <NotHere />;
}
