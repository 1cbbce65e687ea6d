import { endpoints } from "@/lib/api/routes";
import { serve } from "@/lib/server/api";

export const dynamic = "force-dynamic";

const handle = serve(endpoints);

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT };
