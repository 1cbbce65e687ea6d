import { storeImportFile } from "@/lib/imports/commands";
import { maxFileBytes } from "@/lib/imports/schema";
import { upload } from "@/lib/server/upload";

export const POST = upload({ mostBytes: maxFileBytes, needs: "imports.run" }, storeImportFile);
