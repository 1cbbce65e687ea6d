import { setPhoto } from "@/lib/members/photo";
import { maxPhotoBytes } from "@/lib/members/picture";
import { upload } from "@/lib/server/upload";

// What is a little too large reaches the command, which names the field.
export const POST = upload({ mostBytes: 8 * maxPhotoBytes, needs: "views.use" }, setPhoto);
