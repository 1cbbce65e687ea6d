import { listNotes } from "@/lib/enablement/notes";
import { NotesKey } from "@/lib/enablement/schema";
import { get } from "@/lib/server/route";

export const GET = get(NotesKey, listNotes);
