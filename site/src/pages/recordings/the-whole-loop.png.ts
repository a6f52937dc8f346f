import { encodePng } from "@unnoise/lib";
import { record } from "../../recording/record.ts";
import { toSheet } from "../../recording/sheet.ts";

/** The recorded run, all its frames in one picture. */
export async function GET(): Promise<Response> {
  const { frames } = await record();
  return new Response(encodePng(toSheet(frames)).slice(), { headers: { "content-type": "image/png" } });
}
