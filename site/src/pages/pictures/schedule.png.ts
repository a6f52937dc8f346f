import { addNoise, concatenate, contactSheet, encodePng, levelAt, toPictures, torchGenerator } from "@unnoise/lib";
import { draw } from "../../picture/scene.ts";
import { scenes } from "../../picture/scenes.ts";
import { fields, known, SIZE, stripTimes } from "../../widgets/schedules/state.ts";

/** The strip of the schedules in its first state. */
export function GET(): Response {
  const image = draw(scenes.boat, SIZE);
  const noise = torchGenerator(5).randn(image.shape);
  const schedule = known[fields.schedule.initial as keyof typeof known];
  const strip = stripTimes().map((time) => addNoise(image, noise, levelAt(schedule, time)));
  return new Response(encodePng(contactSheet(toPictures(concatenate(strip)))).slice(), {
    headers: { "content-type": "image/png" },
  });
}
