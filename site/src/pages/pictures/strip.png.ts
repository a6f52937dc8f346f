import { concatenate, contactSheet, encodePng, toPictures } from "@unnoise/lib";
import { journey } from "../../exact/journey.ts";
import { draw } from "../../picture/scene.ts";
import { sceneNames, scenes } from "../../picture/scenes.ts";
import { COUNT, fields, SIZE, stripStops } from "../../widgets/hero/state.ts";

/** The hero's strip in its first state, for readers whose browser runs no scripts, and until the scripts run. */
export async function GET(): Promise<Response> {
  const pictures = sceneNames.map((name) => draw(scenes[name], SIZE));
  const start = sceneNames.indexOf(fields.picture.initial);
  const stops = await journey(pictures, { start, seed: fields.seed.initial, count: COUNT });
  const strip = contactSheet(toPictures(concatenate(stripStops(stops).map(({ x }) => x))));
  return new Response(encodePng(strip).slice(), { headers: { "content-type": "image/png" } });
}
