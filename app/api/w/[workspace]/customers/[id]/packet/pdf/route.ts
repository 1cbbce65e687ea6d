import { download } from "@/lib/server/download";
import { PacketFileKey, packetFile } from "./packet-file";

export const GET = download(PacketFileKey, packetFile);
