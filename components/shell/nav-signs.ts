import {
  Activity,
  ArrowRightLeft,
  ChartNoAxesColumn,
  Columns3,
  Droplets,
  FileUp,
  House,
  Inbox,
  ListChecks,
  type LucideIcon,
  Mail,
  ReceiptText,
  Route as RouteIcon,
  Settings,
  Sunrise,
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
  morning: Sunrise,
  overview: ChartNoAxesColumn,
  leaks: Droplets,
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
