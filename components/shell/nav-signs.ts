import {
  Activity,
  ArrowRightLeft,
  Bell,
  ChartNoAxesColumn,
  Columns3,
  Droplets,
  FileUp,
  House,
  Inbox,
  ListChecks,
  type LucideIcon,
  Mail,
  Milestone,
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
  notifications: Bell,
  handoffs: ArrowRightLeft,
  onboarding: Milestone,
  load: Weight,
  proposals: ReceiptText,
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
  notifications: "n",
  load: "l",
  overview: "o",
  settings: "s",
};
