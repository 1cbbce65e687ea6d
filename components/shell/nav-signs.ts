import {
  Activity,
  ArrowRightLeft,
  ChartNoAxesColumn,
  ChartSpline,
  Columns3,
  FileUp,
  House,
  Inbox,
  ListChecks,
  type LucideIcon,
  Mail,
  ReceiptText,
  Route as RouteIcon,
  Settings,
  Users,
  Weight,
} from "lucide-react";
import type { NavKey } from "./nav";

export const navIcons: Record<NavKey, LucideIcon> = {
  home: House,
  customers: Users,
  board: Columns3,
  inbox: Inbox,
  handoffs: ArrowRightLeft,
  load: Weight,
  proposals: ReceiptText,
  overview: ChartNoAxesColumn,
  reports: ChartSpline,
  experience: Activity,
  scorecards: ListChecks,
  imports: FileUp,
  templates: RouteIcon,
  settings: Settings,
  mails: Mail,
};

/** The second key of a jump: `g h` goes home. */
export const navLetters: Partial<Record<NavKey, string>> = {
  home: "h",
  customers: "c",
  board: "b",
  inbox: "i",
  load: "l",
  overview: "o",
  settings: "s",
};
